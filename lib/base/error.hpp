// SPDX-License-Identifier: BSD-2-Clause
// What went wrong, and of which kind. The kind is decided where the trouble is born; only
// smtp::reply_for and exit_status translate it outward. The text is for logs and administrators,
// never for a peer.
#pragma once

#include <string>
#include <string_view>

namespace postern {

enum class Fault {
    temporary,      ///< may pass by itself: try later
    no_space,       ///< the disk is full, or the quota on it; temporary, too
    permanent,      ///< will not pass
    usage,          ///< the command line is wrong
    not_found,      ///< there is no such thing
    exists,         ///< there is one already
    no_permission,  ///< not ours to do
    configuration,  ///< a file of the userland is wrong
    internal,       ///< a bug of Postern
};

class Error {
public:
    Error(Fault fault, std::string what) : fault_(fault), what_(std::move(what)) {}

    /// The only table from errno to Fault. `doing` names the call and its object: "open spool/incoming/x".
    static Error from_errno(std::string_view doing, int error_number);

    Fault fault() const { return fault_; }
    const std::string& what() const { return what_; }

    /// The same error, told one layer higher: "doing: what".
    Error in(std::string_view doing) const;

private:
    Fault fault_;
    std::string what_;
};

/// sysexits(3) status of a program that ends with this error.
int exit_status(const Error& error);

}  // namespace postern
