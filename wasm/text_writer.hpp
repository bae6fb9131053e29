// A text that grows by many short pieces. std::string would do, but its functions come from the library
// as they are, a call for each letter, and an answer has a million letters.
#pragma once

#include <cstddef>
#include <cstdlib>
#include <string_view>
#include <utility>

namespace slotguard {

class text_writer {
  public:
    text_writer() = default;
    text_writer(text_writer&& other) noexcept { swap(other); }
    text_writer& operator=(text_writer&& other) noexcept {
        swap(other);
        return *this;
    }
    ~text_writer() { std::free(text_); }

    std::string_view text() const& { return {text_, size_}; }
    std::string_view text() const&& = delete;

    void add(char letter) { *room(1) = letter; }
    /** Eight bytes at a time: Emscripten's small memcpy() takes one. */
    void add(std::string_view piece) {
        const char* from = piece.data();
        std::size_t size = piece.size();
        char* to = room(size);
        for (; size >= 8; size -= 8, from += 8, to += 8)
            __builtin_memcpy(to, from, 8);
        for (; size > 0; --size)
            *to++ = *from++;
    }
    /** As many digits as asked for, with zeros before the number. */
    void add_digits(unsigned number, int count) {
        char* const at = room(static_cast<std::size_t>(count));
        for (int place = count; place-- > 0; number /= 10)
            at[place] = static_cast<char>('0' + number % 10);
    }

    void reserve(std::size_t capacity) {
        if (capacity <= capacity_)
            return;
        text_ = static_cast<char*>(std::realloc(text_, capacity));
        if (text_ == nullptr)
            std::abort();
        capacity_ = capacity;
    }

  private:
    /** Where `size` more letters are to be written. */
    char* room(std::size_t size) {
        if (size_ + size > capacity_)
            reserve(2 * (size_ + size));
        size_ += size;
        return text_ + size_ - size;
    }
    void swap(text_writer& other) noexcept {
        std::swap(text_, other.text_);
        std::swap(size_, other.size_);
        std::swap(capacity_, other.capacity_);
    }

    char* text_ = nullptr;
    std::size_t size_ = 0;
    std::size_t capacity_ = 0;
};

} // namespace slotguard
