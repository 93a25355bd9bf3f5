#include "shared/text/graphemes.h"

#include "shared/text/grapheme_class.h"
#include "shared/text/packed_numbers.h"
#include "shared/text/tables.gen.h"
#include "shared/text/utf8.h"

namespace landfall {

GraphemeClass grapheme_class_of(char32_t code_point) {
  // Bytes that are no UTF-8 stand alone, as controls do.
  if (code_point > 0x10FFFF) return GraphemeClass::control;
  if (code_point >= 0xAC00 && code_point <= 0xD7A3) {
    return (code_point - 0xAC00) % 28 == 0 ? GraphemeClass::hangul_lv : GraphemeClass::hangul_lvt;
  }
  return static_cast<GraphemeClass>(run_value(kGraphemeRuns, code_point));
}

namespace {

bool is_break_always(GraphemeClass c) {
  return c == GraphemeClass::control || c == GraphemeClass::cr || c == GraphemeClass::lf;
}

// What of the cluster so far decides about the next code point.
struct Cluster {
  GraphemeClass previous;
  bool pictograph_zwj = false;   // ExtPict Extend* ZWJ ended here (GB11)
  bool pictograph = false;       // ExtPict Extend* ended here
  bool after_consonant = false;  // consonant [Extend Linker]* ended here (GB9c) …
  bool linked = false;           // … with a linker in it
  bool odd_indicators = false;   // an odd number of regional indicators ended here (GB12, GB13)

  explicit Cluster(GraphemeClass first) : previous(first) { extend_with(first); }

  void extend_with(GraphemeClass next) {
    using enum GraphemeClass;
    const bool is_extender = next == extend || next == linker;
    pictograph_zwj = next == zwj && pictograph;
    pictograph = next == extended_pictographic || (is_extender && pictograph);
    if (next == consonant) {
      after_consonant = true;
      linked = false;
    } else {
      after_consonant = after_consonant && (is_extender || next == zwj);
      linked = after_consonant && (linked || next == linker);
    }
    odd_indicators = next == regional_indicator && !odd_indicators;
    previous = next;
  }
};

bool is_hangul_pair(GraphemeClass before, GraphemeClass after) {
  using enum GraphemeClass;
  switch (before) {
    case hangul_l:
      return after == hangul_l || after == hangul_v || after == hangul_lv || after == hangul_lvt;
    case hangul_lv:
    case hangul_v:
      return after == hangul_v || after == hangul_t;
    case hangul_lvt:
    case hangul_t:
      return after == hangul_t;
    default:
      return false;
  }
}

// Whether `next` belongs to the cluster: the rules in their order.
bool joins(const Cluster& cluster, GraphemeClass next) {
  using enum GraphemeClass;
  if (cluster.previous == cr && next == lf) return true;                         // GB3
  if (is_break_always(cluster.previous) || is_break_always(next)) return false;  // GB4, GB5
  if (is_hangul_pair(cluster.previous, next)) return true;                       // GB6 to GB8
  if (next == extend || next == linker || next == zwj) return true;              // GB9
  if (next == spacing_mark || cluster.previous == prepend) return true;          // GB9a, GB9b
  if (next == consonant && cluster.linked) return true;                          // GB9c
  if (next == extended_pictographic && cluster.pictograph_zwj) return true;      // GB11
  return next == regional_indicator && cluster.odd_indicators;                   // GB12, GB13
}

}  // namespace

std::size_t next_grapheme(std::string_view text, std::size_t offset) {
  if (offset >= text.size()) return text.size();
  Cluster cluster(grapheme_class_of(read_code_point(text, offset)));
  while (offset < text.size()) {
    std::size_t behind = offset;
    const GraphemeClass next = grapheme_class_of(read_code_point(text, behind));
    if (!joins(cluster, next)) break;
    cluster.extend_with(next);
    offset = behind;
  }
  return offset;
}

std::size_t count_graphemes(std::string_view text) {
  std::size_t count = 0;
  for (std::size_t offset = 0; offset < text.size(); ++count) offset = next_grapheme(text, offset);
  return count;
}

std::string_view first_graphemes(std::string_view text, std::size_t count) {
  std::size_t end = 0;
  while (count > 0 && end < text.size()) {
    end = next_grapheme(text, end);
    --count;
  }
  return text.substr(0, end);
}

}  // namespace landfall
