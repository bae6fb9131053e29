// What is read and written for others is done as the owner of the tables, as PostgreSQL's own foreign
// keys do it (ri_triggers.c): past policies, and never as whoever owns the extension.
#pragma once

#include "extension/postgres_headers.hpp"

namespace slotguard {

/** Acts as `owner` from begin() to end(). An ERROR ends it with the (sub)transaction. */
class owner_rights {
  public:
    static owner_rights begin(Oid owner) {
        owner_rights caller;
        GetUserIdAndSecContext(&caller.user_, &caller.context_);
        SetUserIdAndSecContext(owner, caller.context_ | SECURITY_LOCAL_USERID_CHANGE |
                                          SECURITY_RESTRICTED_OPERATION | SECURITY_NOFORCE_RLS);
        return caller;
    }
    void end() const { SetUserIdAndSecContext(user_, context_); }

  private:
    Oid user_;
    int context_;
};

} // namespace slotguard
