// Whom a request is made for: where the token that it came with names a startup or a mentor, a call does
// nothing for another one, and finds nothing of another one's.
#pragma once

#include <cstdint>
#include <optional>

#include "extension/booking_tables.hpp"

namespace slotguard {

/**
 * What the claims of the request hold as far as they concern a call: PostgREST, and whoever speaks its
 * protocol, puts them into the setting request.jwt.claims. Where it is not set, or a claim is not there,
 * nothing is kept back.
 */
class request_claims {
  public:
    /** Those of now. 22023 where they can't be read: nobody is taken for whoever he or she may be. */
    static request_claims read(const sessions_table& sessions);

    /** 42501 where a wish is for another startup or another mentor; `mentor_key` is in the type of the
     *  tables. */
    void check_wish(Datum mentor_key, std::int64_t startup_id) const;

    /** Whether a session or a hold is theirs. */
    bool are_of(Datum mentor_key, std::int64_t startup_id) const;

    /** What a statement's WHERE asks beside the id, so that it finds their sessions only; its parameters
     *  are numbered from `first` on. It says the type that tables differ in, since plans are kept by a
     *  statement's words alone. */
    const char* condition(int first) const;
    /** Adds those parameters behind `count` others, and gives how many there are then. */
    int add_parameters(Oid* types, Datum* values, int count) const;
    static constexpr int most_parameters = 2;

  private:
    explicit request_claims(const sessions_table& sessions) : sessions_{sessions} {}

    bool is_of_startup(std::int64_t startup_id) const {
        return !startup_id_ || *startup_id_ == startup_id;
    }
    bool is_of_mentor(Datum mentor_key) const;

    const sessions_table& sessions_;
    std::optional<std::int64_t> startup_id_;
    std::optional<Datum> mentor_key_; ///< in the type of the tables
};

} // namespace slotguard
