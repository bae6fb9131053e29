// One session as the caller of a function may read and change it: claims, privileges, policies, rules and
// other people's triggers apply.
#pragma once

#include <cstdint>
#include <optional>
#include <span>

#include "extension/booking_result.hpp"
#include "extension/booking_tables.hpp"
#include "extension/claims.hpp"

namespace slotguard {

/** What a statement has read of it. */
struct session_as_read {
    const char* status;
    session_facts facts;

    bool is(session_status asked) const { return status == word(asked); }
};

/** What a column is set to. */
struct assignment {
    const char* column;
    Oid type;
    Datum value;
};

/** Its statements. */
class callers_session {
  public:
    callers_session(const sessions_table& sessions, std::int64_t session_id);

    /** Nothing where there is no such session, or none that is the caller's by the request's claims, or that
     *  the caller may see. */
    std::optional<session_as_read> look() const;
    /** The same, locked with a strength of SELECT's, such as "FOR UPDATE", in its newest version. */
    std::optional<session_as_read> lock(const char* strength) const;
    /** Changes it where it is scheduled, and gives it as it is then; nothing where it is not, or where
     *  a policy or a trigger keeps it. */
    std::optional<session_as_read> update(std::span<const assignment> changes) const;

  private:
    std::optional<session_as_read> run(const char* statement,
                                       std::span<const assignment> changes = {}) const;

    Oid schema_;
    const char* table_;
    const char* id_;
    std::int64_t session_id_;
    request_claims claims_;
};

} // namespace slotguard
