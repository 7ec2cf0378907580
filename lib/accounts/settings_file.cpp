// SPDX-License-Identifier: BSD-2-Clause
#include "accounts/settings_file.hpp"

#include <algorithm>

#include <nlohmann/json.hpp>

#include "accounts/target.hpp"
#include "base/json_text.hpp"
#include "base/nearest_name.hpp"

namespace postern::accounts {

namespace {

using Json = nlohmann::json;

/// Reads the members of one small object; remembers the first thing that is wrong.
class Object {
public:
    Object(std::string_view text, const std::string& path)
        : path_(path), json_(Json::parse(text, nullptr, false, true)) {
        if (!json_.is_object()) complain("must be a JSON object; without settings it reads {}");
    }

    void read(const char* key, bool& into) {
        if (const Json* value = member(key))
            value->is_boolean() ? void(into = value->get<bool>()) : complain(key, "must be true or false");
    }
    void read(const char* key, std::uint64_t& into) {
        if (const Json* value = member(key))
            value->is_number_unsigned() ? void(into = value->get<std::uint64_t>())
                                        : complain(key, "must be a whole number of octets, 0 for none");
    }
    void read(const char* key, std::optional<mail::Address>& into, const mail::Domain& domain) {
        const Json* value = member(key);
        if (value == nullptr) return;
        into = target(*value, domain);
        if (!into) complain(key, "must be an address or a name of this domain");
    }
    void read(const char* key, std::vector<mail::Address>& into, const mail::Domain& domain);
    void read(const char* key, std::optional<mail::Domain>& into) {
        const Json* value = member(key);
        if (value == nullptr) return;
        if (value->is_string()) into = mail::Domain::parse(value->get_ref<const std::string&>());
        if (!into) complain(key, "must be the name of another domain");
    }
    void expect_alone(const char* key) {
        if (json_.size() > 1) complain(key, "stands alone: the settings of the other domain count");
    }
    void read(const char* key, std::optional<PassOn>& into);
    void read(const char* key, Recipients& into) {
        const Json* value = member(key);
        if (value == nullptr) return;
        into = Recipients::list;
        if (*value != "list") complain(key, "must be \"list\"");
    }
    /// `lmtp` or `command`.
    void read(std::optional<Method>& into);
    void read(const char* key, std::vector<Sender>& into, const mail::Domain& domain);
    void complain(std::string what) {
        if (complaint_.empty()) complaint_ = std::move(what);
    }

    /// Whether all was well and no key is left over that nobody asked for.
    Status finish() {
        if (json_.is_object())
            for (const auto& [key, value] : json_.items()) refuse_unknown(key);
        if (complaint_.empty()) return done;
        return Error(Fault::configuration, path_ + ": " + complaint_);
    }

private:
    const Json* member(const char* key) {
        known_.emplace_back(key);
        if (!json_.is_object()) return nullptr;
        const auto found = json_.find(key);
        return found == json_.end() ? nullptr : &*found;
    }
    static std::optional<Method> lmtp_method(const Json& value);
    static std::optional<Method> command_method(const Json& value);
    static std::optional<mail::Address> target(const Json& value, const mail::Domain& domain) {
        if (!value.is_string()) return std::nullopt;
        return parse_target(value.get_ref<const std::string&>(), domain);
    }
    void refuse_unknown(const std::string& key) {
        if (std::find(known_.begin(), known_.end(), key) != known_.end()) return;
        const std::string nearest = nearest_name(key, known_);
        complain("unknown key '" + key + "'" + (nearest.empty() ? "" : "; did you mean '" + nearest + "'?"));
    }
    void complain(const char* key, const char* what) { complain("'" + std::string(key) + "' " + what); }

    const std::string& path_;
    Json json_;
    std::vector<std::string> known_;
    std::string complaint_;
};

void Object::read(const char* key, std::vector<mail::Address>& into, const mail::Domain& domain) {
    const Json* value = member(key);
    if (value == nullptr) return;
    bool legal = value->is_array();
    for (const Json& element : legal ? *value : Json::array()) {
        const auto address = target(element, domain);
        if (address) into.push_back(*address);
        legal = legal && address.has_value();
    }
    if (!legal) complain(key, "must be a list of addresses or names of this domain");
}

/// "@example.org" is each address of that domain.
std::optional<Sender> parse_sender(std::string_view text, const mail::Domain& domain) {
    if (text.starts_with('@')) {
        auto all_of = mail::Domain::parse(text.substr(1));
        return all_of ? std::optional<Sender>(*std::move(all_of)) : std::nullopt;
    }
    auto address = parse_target(std::string(text), domain);
    return address ? std::optional<Sender>(*std::move(address)) : std::nullopt;
}

void Object::read(const char* key, std::vector<Sender>& into, const mail::Domain& domain) {
    const Json* value = member(key);
    if (value == nullptr) return;
    bool legal = value->is_array();
    for (const Json& element : legal ? *value : Json::array()) {
        auto sender =
            element.is_string() ? parse_sender(element.get_ref<const std::string&>(), domain) : std::nullopt;
        legal = legal && sender.has_value();
        if (sender) into.push_back(*std::move(sender));
    }
    if (!legal)
        complain(key, "must be a list of addresses, names of this domain, or domains such as @example.org");
}

std::string text_of(const Sender& sender) {
    if (const auto* address = std::get_if<mail::Address>(&sender)) return address->to_string();
    return '@' + std::get<mail::Domain>(sender).text();
}

constexpr std::string_view kByMx = "mx";

/// {"host": …, "port": …}; without a port it is 25.
std::optional<OtherServer> parse_server(const Json& value) {
    if (!value.is_object()) return std::nullopt;
    OtherServer server;
    for (const auto& [key, member] : value.items()) {
        if (key == "host" && member.is_string())
            server.host = member.get<std::string>();
        else if (key == "port" && member.is_number_unsigned() && member.get<std::uint64_t>() - 1 < 65'535)
            server.port = member.get<std::uint16_t>();
        else
            return std::nullopt;
    }
    if (!IpAddress::parse(server.host) && !mail::Domain::parse(server.host)) return std::nullopt;
    return server;
}

void Object::read(const char* key, std::optional<PassOn>& into) {
    const Json* value = member(key);
    if (value == nullptr) return;
    if (value->is_string() && value->get_ref<const std::string&>() == kByMx) {
        into = PassOn{};
    } else if (auto server = parse_server(*value)) {
        into = PassOn{*std::move(server)};
    } else {
        complain(key, "must be \"mx\", or {\"host\": NAME or ADDRESS, \"port\": 1 to 65535}");
    }
}

/// null: into the Maildir, whatever the domain says.
std::optional<Method> Object::lmtp_method(const Json& value) {
    if (value.is_null()) return IntoMaildir{};
    if (!value.is_string()) return std::nullopt;
    return LmtpServer::parse(value.get_ref<const std::string&>());
}

std::optional<Method> Object::command_method(const Json& value) {
    if (!value.is_array()) return std::nullopt;
    DeliveryCommand command;
    for (const Json& word : value) {
        if (!word.is_string()) return std::nullopt;
        command.arguments.push_back(word.get<std::string>());
    }
    if (!is_legal_command(command.arguments)) return std::nullopt;
    return command;
}

void Object::read(std::optional<Method>& into) {
    const Json* lmtp = member("lmtp");
    const Json* command = member("command");
    if (lmtp != nullptr && command != nullptr) return complain("'lmtp' and 'command' exclude each other");
    if (lmtp != nullptr) {
        into = lmtp_method(*lmtp);
        if (!into) complain("lmtp", "must be \"unix:/PATH\", \"HOST:PORT\", or null for the Maildir");
    } else if (command != nullptr) {
        into = command_method(*command);
        if (!into)
            complain("command", "must be a list of words that begins with the absolute path of a program");
    }
}

void write_method(JsonWriter& writer, const Method& method) {
    if (const auto* server = std::get_if<LmtpServer>(&method)) {
        writer.member("lmtp", server->to_string());
    } else if (const auto* command = std::get_if<DeliveryCommand>(&method)) {
        writer.key("command").open_array();
        for (const std::string& word : command->arguments) writer.value(word);
        writer.close_array();
    } else {
        writer.key("lmtp").raw("null");
    }
}

}  // namespace

Result<AccountSettings> parse_account(std::string_view text, const std::string& path,
                                      const mail::Domain& domain) {
    AccountSettings settings;
    Object object(text, path);
    object.read("quota", settings.quota);
    object.read("forward", settings.forward, domain);
    object.read("keep", settings.keep);
    object.read("disabled", settings.disabled);
    object.read("may_send_as", settings.may_send_as, domain);
    object.read(settings.method);
    POSTERN_TRY(object.finish());
    return settings;
}

std::string format_account(const AccountSettings& settings) {
    std::string text;
    JsonWriter writer(text);
    writer.open_object();
    if (settings.quota != 0) writer.member("quota", settings.quota);
    if (!settings.forward.empty()) {
        writer.key("forward").open_array();
        for (const mail::Address& address : settings.forward) writer.value(address.to_string());
        writer.close_array();
    }
    if (!settings.keep) writer.member("keep", false);
    if (settings.disabled) writer.member("disabled", true);
    if (!settings.may_send_as.empty()) {
        writer.key("may_send_as").open_array();
        for (const Sender& sender : settings.may_send_as) writer.value(text_of(sender));
        writer.close_array();
    }
    if (settings.method) write_method(writer, *settings.method);
    writer.close_object();
    return text + "\n";
}

Result<DomainSettings> parse_domain_settings(std::string_view text, const std::string& path,
                                             const mail::Domain& domain) {
    DomainSettings settings;
    Object object(text, path);
    object.read("same_as", settings.same_as);
    if (settings.same_as) object.expect_alone("same_as");
    object.read("catch_all", settings.catch_all, domain);
    object.read("relay_to", settings.relay_to);
    object.read("recipients", settings.recipients);
    object.read("verify", settings.verify);
    if (settings.verify && settings.relay_to && !settings.relay_to->to)
        object.complain("'verify' needs a 'relay_to' with a host: a backup cannot ask who is down");
    if (settings.catch_all && settings.relay_to)
        object.complain("'catch_all' and 'relay_to' are for the same names: take one of them out");
    object.read(settings.method);
    POSTERN_TRY(object.finish());
    return settings;
}

}  // namespace postern::accounts
