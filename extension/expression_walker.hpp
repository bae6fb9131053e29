// PostgreSQL's walk through an expression, whose C declaration is another one in each of its versions.
#pragma once

#include "extension/postgres_headers.hpp"

namespace slotguard {

using node_visitor = bool (*)(Node*, void*);

#if PG_VERSION_NUM >= 160000
inline bool walk_expression(Node* node, node_visitor visit, void* context) {
    return expression_tree_walker(node, visit, context);
}
#else
inline bool walk_expression(Node* node, node_visitor visit, void* context) {
    // Declared with a C prototype that says nothing of its arguments.
    const auto visitor = reinterpret_cast<bool (*)()>(reinterpret_cast<void (*)()>(visit));
    return expression_tree_walker(node, visitor, context);
}
#endif

} // namespace slotguard
