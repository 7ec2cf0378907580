// SPDX-License-Identifier: BSD-2-Clause
// Run by the build: makes a list of system calls (*.calls) into a BPF program for this architecture, as a C++
// array, so that no program spends time on it at its start or links libseccomp.
//     compile_calls NAME.calls NAME > NAME.inc
#include <array>
#include <cerrno>
#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <map>
#include <optional>
#include <set>
#include <sstream>
#include <string>
#include <vector>

#include <linux/filter.h>
#include <seccomp.h>
#include <sys/mman.h>
#include <unistd.h>

namespace postern::sys {

namespace {

[[noreturn]] void fail(const std::string& where, const std::string& what) {
    std::fprintf(stderr, "%s: %s\n", where.c_str(), what.c_str());
    std::exit(1);
}

struct Call {
    std::string name;
    std::vector<scmp_arg_cmp> conditions;
};

struct Lists {
    std::vector<Call> allowed;
    std::set<std::string> hostile;
    std::set<std::string> absent;  ///< fail with ENOSYS
};

/// "aN=VALUE" or "aN&MASK=VALUE".
std::optional<scmp_arg_cmp> parse_condition(const std::string& text) {
    unsigned argument = 0;
    long mask = -1;
    long value = 0;
    const bool is_masked = std::sscanf(text.c_str(), "a%u&%li=%li", &argument, &mask, &value) == 3;
    if (!is_masked && std::sscanf(text.c_str(), "a%u=%li", &argument, &value) != 2) return std::nullopt;
    scmp_arg_cmp condition{};
    condition.arg = argument;
    condition.op = SCMP_CMP_MASKED_EQ;
    // Flags are ints, of which the kernel does not look at the upper half; a plain value may be a pointer.
    condition.datum_a = static_cast<scmp_datum_t>(mask) & (is_masked ? 0xFFFFFFFFU : ~scmp_datum_t{0});
    condition.datum_b = static_cast<scmp_datum_t>(value);
    return condition;
}

/// The first of "NAME|OTHER" that this architecture has; "" = none.
std::string name_here(const std::string& names, const std::string& where) {
    std::istringstream choices(names);
    bool is_known = false;
    for (std::string name; std::getline(choices, name, '|');) {
        const int number = seccomp_syscall_resolve_name(name.c_str());
        if (number >= 0) return name;
        is_known = is_known || number != __NR_SCMP_ERROR;
    }
    // libseccomp knows the names of all architectures, up to its own date.
    if (!is_known) std::fprintf(stderr, "%s: libseccomp does not know %s\n", where.c_str(), names.c_str());
    return {};
}

void read_list(const std::string& path, Lists& lists);

void read_line(std::istringstream words, const std::string& path, Lists& lists) {
    std::string first, second;
    if (!(words >> first)) return;
    words >> second;
    if (first == "include") return read_list(path.substr(0, path.rfind('/') + 1) + second, lists);
    const bool is_hostile = first == "kill", is_absent = first == "enosys";
    Call call{name_here(is_hostile || is_absent ? second : first, path), {}};
    if (call.name.empty()) return;
    if (is_hostile || is_absent) {
        (is_hostile ? lists.hostile : lists.absent).insert(call.name);
        return;
    }
    for (; !second.empty(); second.clear(), words >> second) {
        const auto condition = parse_condition(second);
        if (!condition) fail(path, "no condition: " + second);
        call.conditions.push_back(*condition);
    }
    lists.allowed.push_back(std::move(call));
}

void read_list(const std::string& path, Lists& lists) {
    std::ifstream file(path);
    if (!file) fail(path, "cannot be read");
    for (std::string line; std::getline(file, line);)
        read_line(std::istringstream(line.substr(0, line.find('#'))), path, lists);
}

void add_rule(scmp_filter_ctx filter, std::uint32_t action, const Call& call) {
    const int number = seccomp_syscall_resolve_name(call.name.c_str());
    const auto count = static_cast<unsigned>(call.conditions.size());
    if (seccomp_rule_add_array(filter, action, number, count, call.conditions.data()) != 0)
        fail(call.name, "no rule can be made of it");
}

std::vector<sock_filter> compile(const Lists& lists) {
    scmp_filter_ctx filter = seccomp_init(SCMP_ACT_ERRNO(EPERM));
    if (filter == nullptr) fail("seccomp_init", "failed");
    seccomp_attr_set(filter, SCMP_FLTATR_ACT_BADARCH, SCMP_ACT_KILL_PROCESS);
    seccomp_attr_set(filter, SCMP_FLTATR_CTL_OPTIMIZE, 2);  // a search tree
    std::set<std::string> allowed;
    for (const auto& call : lists.allowed) {
        add_rule(filter, SCMP_ACT_ALLOW, call);
        allowed.insert(call.name);
    }
    for (const auto& name : lists.absent) add_rule(filter, SCMP_ACT_ERRNO(ENOSYS), {name, {}});
    for (const auto& name : lists.hostile)
        if (!allowed.contains(name) && !lists.absent.contains(name))
            add_rule(filter, SCMP_ACT_KILL_PROCESS, {name, {}});

    const int file = memfd_create("filter", 0);
    if (seccomp_export_bpf(filter, file) != 0) fail("seccomp_export_bpf", "failed");
    std::vector<sock_filter> program(static_cast<std::size_t>(lseek(file, 0, SEEK_END)) /
                                     sizeof(sock_filter));
    if (pread(file, program.data(), program.size() * sizeof(sock_filter), 0) < 0) fail("pread", "failed");
    seccomp_release(filter);
    return program;
}

void print(const std::string& name, const Lists& lists) {
    std::set<std::string> allowed;
    for (const auto& call : lists.allowed) allowed.insert(call.name);
    std::printf("// Made by compile_calls.\n");
    std::printf("constexpr sock_filter k_%s_program[] = {\n", name.c_str());
    for (const auto& step : compile(lists))
        std::printf("    {%u, %u, %u, %uU},\n", step.code, step.jt, step.jf, step.k);
    std::printf("};\nconstexpr const char* k_%s_names[] = {\n", name.c_str());
    for (const auto& call : allowed) std::printf("    \"%s\",\n", call.c_str());
    std::printf("};\n");
}

}  // namespace

}  // namespace postern::sys

int main(int count, char** words) {
    if (count != 3) postern::sys::fail("compile_calls", "give a file and a name");
    postern::sys::Lists lists;
    postern::sys::read_list(words[1], lists);
    postern::sys::print(words[2], lists);
    return 0;
}
