// The journal: one row of booking_events for each change, in the transaction that makes it, so that
// readers who go by event_id miss none and see none twice.
#pragma once

#include <optional>

#include "core/booking_event.hpp"

#include "extension/journal_table.hpp"

namespace slotguard {

/** What stands beside `event`: a JSON object that is made as far as there is something to say. */
class event_detail {
  public:
    void add_words(const char* name, std::string_view words);
    void add_number(const char* name, std::int64_t number);
    void add_true(const char* name);
    /** ISO 8601, in UTC whatever the writer's time zone. */
    void add_instant(const char* name, Datum when);

    std::optional<Datum> as_jsonb();

  private:
    void push(const char* name, JsonbValue& value);

    JsonbParseState* object_ = nullptr;
};

/** One event. What has no value is NULL in the journal. */
struct journal_entry {
    booking_event what;
    std::optional<Datum> session_id;
    std::optional<Datum> mentor_id; ///< of type `mentor_type`
    Oid mentor_type;
    std::optional<Datum> startup_id; ///< a bigint
    std::optional<Datum> starts_at, ends_at, previous_starts_at;
    event_detail detail;
    TimestampTz occurred_at = GetCurrentTransactionStartTimestamp();
};

/** Writes the event as the owner of the journal, whoever the writer is. */
void write_event(Oid schema, journal_entry entry);

/**
 * The last event_id up to which the journal is settled: each number up to it was drawn by a
 * transaction that has ended, and a snapshot that is taken after this call shows whether it was
 * committed. The numbers above it may yet come, and in any order.
 */
std::int64_t settled_event_id(const journal_table& journal);

} // namespace slotguard
