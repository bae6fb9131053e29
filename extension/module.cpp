// What PostgreSQL asks of a loadable module.
#include "extension/postgres_headers.hpp"

extern "C" {
PG_MODULE_MAGIC;
}
