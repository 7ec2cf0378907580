// SPDX-License-Identifier: BSD-2-Clause
#include "delivery/command.hpp"

#include <algorithm>
#include <utility>

#include "base/ascii.hpp"
#include "base/escape.hpp"
#include "delivery/command_endings.hpp"
#include "delivery/local_form.hpp"
#include "delivery/maildir_folders.hpp"

namespace postern::delivery {

namespace {

constexpr std::size_t kCommandBuffer = 64 * 1024;
constexpr std::size_t kMostOutput = 4096;
constexpr std::size_t kLongestValue = 1024;
constexpr unsigned kHomeMode = 0700;
constexpr std::string_view kPath = "/usr/local/bin:/usr/bin:/bin";

const Ending kCannotBeRun{spool::Outcome::Kind::deferred, "4.3.5",
                          "the delivery command cannot be run at present"};

/// A Maildir's directories are made with its first message; a command has none, but finds the place.
Status make_home(sys::FileSystem& files, const std::string& mail_directory,
                 const accounts::Mailbox& mailbox) {
    for (const auto& path : {mail_directory + "/" + mailbox.domain, maildir_path(mail_directory, mailbox)}) {
        const Status made = files.make_directory(path, kHomeMode);
        if (!made && !made.failed_with(Fault::exists)) return made;
    }
    return done;
}

/// "lists" of "alice+lists" when the account is alice; "" of the account's own name, or an alias.
std::string extension_of(const mail::Address& address, std::string_view user) {
    const std::string& local_part = address.local_part();
    const bool has_tag = local_part.size() > user.size() && local_part[user.size()] == '+' &&
                         ascii::lower(local_part.substr(0, user.size())) == user;
    return has_tag ? local_part.substr(user.size() + 1) : "";
}

bool is_fit_for_environment(std::string_view value) {
    return value.size() <= kLongestValue && value.find('\0') == std::string_view::npos;
}

/// In the order in which command_environment() has them.
constexpr std::string_view kNames[] = {"PATH",      "HOME",   "USER",      "SENDER",
                                       "RECIPIENT", "DOMAIN", "EXTENSION", "POSTERN_ID"};

bool is_named(std::string_view variable, std::string_view name) {
    return variable.size() > name.size() && variable.starts_with(name) && variable[name.size()] == '=';
}

std::string variable(std::string_view name, std::string_view value) {
    return std::string(name) + '=' + std::string(value);
}

}  // namespace

bool is_command_of(const sys::Command& command, const accounts::Account& account, const Options& options) {
    const auto* named = std::get_if<accounts::DeliveryCommand>(&account.method);
    const std::string home = maildir_path(options.mail_directory, account.mailbox);
    const auto& environment = command.environment;
    return named != nullptr && named->arguments == command.arguments && command.directory == home &&
           command.time_limit <= options.command_timeout && command.most_output <= kMostOutput &&
           std::ranges::equal(environment, kNames, is_named) && environment[0] == variable("PATH", kPath) &&
           environment[1] == variable("HOME", home);
}

Result<std::vector<std::string>> command_environment(const spool::Message& message,
                                                     const accounts::Mailbox& mailbox,
                                                     const std::string& home, std::size_t recipient) {
    const auto& history = message.history();
    const auto& sender = history.reverse_path_of(recipient);
    const auto& address = history.recipients()[recipient].address;
    const std::string user = unescape(mailbox.user).value_or("");
    const std::pair<std::string_view, std::string> variables[] = {
        {"PATH", std::string(kPath)},
        {"HOME", home},
        {"USER", user},
        {"SENDER", sender ? sender->to_string() : ""},
        {"RECIPIENT", address.to_string()},
        {"DOMAIN", unescape(mailbox.domain).value_or("")},
        {"EXTENSION", extension_of(address, user)},
        {"POSTERN_ID", message.id().text()},
    };
    std::vector<std::string> environment;
    for (const auto& [name, value] : variables) {
        if (!is_fit_for_environment(value))
            return Error(Fault::permanent, std::string(name) + " cannot be given to a command");
        environment.push_back(std::string(name) + "=" + value);
    }
    return environment;
}

CommandDelivery::CommandDelivery(sys::CommandRunner& runner, sys::FileSystem& files, Options options,
                                 Log& log)
    : runner_(runner), files_(files), options_(std::move(options)), log_(log), buffer_(kCommandBuffer) {}

Ending CommandDelivery::deliver(const spool::Message& message, const accounts::Mailbox& mailbox,
                                const accounts::DeliveryCommand& command, std::size_t recipient) {
    const auto end = [&]() -> Result<sys::CommandEnd> {
        const std::string home = maildir_path(options_.mail_directory, mailbox);
        POSTERN_TRY(make_home(files_, options_.mail_directory, mailbox));
        POSTERN_ASSIGN(auto environment, command_environment(message, mailbox, home, recipient));
        return run(message,
                   {command.arguments, std::move(environment), home, options_.command_timeout, kMostOutput},
                   recipient);
    }();
    if (end) return ending_of(*end);
    log_.write(Severity::err, "trouble",
               {{"id", message.id().text()},
                {"to", message.history().recipients()[recipient].address.to_string()},
                {"what", end.error().what()}});
    return kCannotBeRun;
}

Result<sys::CommandEnd> CommandDelivery::run(const spool::Message& message, const sys::Command& command,
                                             std::size_t recipient) {
    LocalForm form(message, recipient, buffer_);
    return runner_.run(command, [&form] { return form.next(); });
}

}  // namespace postern::delivery
