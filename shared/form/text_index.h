// TextIndexes: the places of a table in the order of the texts that stand there, by column.

#ifndef LANDFALL_SHARED_FORM_TEXT_INDEX_H_
#define LANDFALL_SHARED_FORM_TEXT_INDEX_H_

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace landfall {

// Borrows a function that gives the text at a place.
class TextAt {
 public:
  template <typename Give>
  TextAt(const Give& give)  // NOLINT: conversion wanted
      : give_(&give), call_([](const void* object, std::uint32_t place) -> std::string_view {
          return (*static_cast<const Give*>(object))(place);
        }) {}

  [[nodiscard]] std::string_view operator()(std::uint32_t place) const {
    return call_(give_, place);
  }

 private:
  const void* give_;
  std::string_view (*call_)(const void*, std::uint32_t);
};

class TextIndexes {
 public:
  [[nodiscard]] bool has(std::string_view column) const;
  [[nodiscard]] std::size_t size() const { return columns_.size(); }
  // Makes the index of a column from its places, which are in the order of the table.
  void add(std::string_view column, std::vector<std::uint32_t> places, const TextAt& text_at);
  // The places with that text, in the order of the table; null when the column has no index.
  [[nodiscard]] std::optional<std::span<const std::uint32_t>> find(std::string_view column,
                                                                   std::string_view text,
                                                                   const TextAt& text_at) const;

 private:
  struct Column {
    std::string name;
    std::vector<std::uint32_t> places;
  };
  std::vector<Column> columns_;
};

}  // namespace landfall

#endif  // LANDFALL_SHARED_FORM_TEXT_INDEX_H_
