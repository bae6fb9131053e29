// A growing array in the current memory context: freed with it, so an ERROR leaks nothing.
#pragma once

#include <algorithm>
#include <cstddef>
#include <span>
#include <type_traits>

#include "extension/postgres_headers.hpp"

namespace slotguard {

template <typename T> class palloc_list {
    static_assert(std::is_trivially_copyable_v<T> && std::is_trivially_destructible_v<T>);

  public:
    /** Makes room for `more` further items, so that adding them can't fail. */
    void reserve(std::size_t more) {
        if (size_ + more <= room_)
            return;
        room_ = std::max(size_ + more, room_ * 2);
        const Size bytes = room_ * sizeof(T);
        items_ = static_cast<T*>(items_ ? repalloc_huge(items_, bytes)
                                        : MemoryContextAllocHuge(CurrentMemoryContext, bytes));
    }
    void add(T item) {
        reserve(1);
        items_[size_++] = item;
    }
    void shorten(std::size_t size) { size_ = size; }

    std::span<T> all() & { return {items_, size_}; }
    std::span<const T> all() const& { return {items_, size_}; }
    std::span<const T> all() const&& = delete; // of a list that nobody keeps
    std::size_t size() const { return size_; }
    bool empty() const { return size_ == 0; }
    T& operator[](std::size_t at) & { return items_[at]; }
    const T& operator[](std::size_t at) const& { return items_[at]; }

  private:
    T* items_ = nullptr;
    std::size_t size_ = 0;
    std::size_t room_ = 0;
};
static_assert(std::is_trivially_destructible_v<palloc_list<int>>);

} // namespace slotguard
