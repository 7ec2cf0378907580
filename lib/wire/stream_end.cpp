// SPDX-License-Identifier: BSD-2-Clause
#include "wire/stream_end.hpp"

namespace postern::wire {

smtp::End end_of(sys::ReadEnd::Why why) {
    using Why = sys::ReadEnd::Why;
    switch (why) {
        case Why::closed: return smtp::End::closed;
        case Why::timed_out: return smtp::End::timed_out;
        case Why::told_to_stop: return smtp::End::told_to_stop;
        case Why::bytes:
        case Why::broken: break;
    }
    return smtp::End::broken;
}

}  // namespace postern::wire
