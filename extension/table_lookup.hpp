// Looks the tables up in the catalogue, and refuses what is not as setup_booking() makes it.
#pragma once

#include "extension/booking_tables.hpp"

namespace slotguard {

mentor_tables look_up_mentor_tables(Oid schema);
sessions_table look_up_sessions_table(Oid schema);
holds_table look_up_holds_table(Oid schema);

} // namespace slotguard
