// What entries of all kinds have in common, in whatever each kind calls it.
#pragma once

#include <optional>
#include <string>

#include "libs/permanence/history.h"

namespace holdfast {

// Where an entry begins, is known to begin, and ends.
inline auto StartMember(const CarePeriod&) { return &CarePeriod::start; }
inline auto StartMember(const Placement&) { return &Placement::start; }
inline auto StartMember(const LegalStatus&) { return &LegalStatus::start; }
inline auto StartMember(const Review&) { return &Review::on; }
inline auto StartMember(const Happening&) { return &Happening::on; }
inline auto StartMember(const MissingEpisode&) { return &MissingEpisode::start; }
template <typename Entry>
auto& StartOf(Entry& entry) {
  return entry.*StartMember(entry);
}

inline bool IsKnown(const CarePeriod& e) { return e.start_known; }
inline bool IsKnown(const Placement& e) { return e.start_known; }
inline bool IsKnown(const LegalStatus& e) { return e.start_known; }
inline bool IsKnown(const Review&) { return true; }
inline bool IsKnown(const Happening& e) { return e.on_known; }
inline bool IsKnown(const MissingEpisode&) { return true; }

inline void SetKnown(CarePeriod& e) { e.start_known = true; }
inline void SetKnown(Placement& e) { e.start_known = true; }
inline void SetKnown(LegalStatus& e) { e.start_known = true; }
inline void SetKnown(Review&) {}
inline void SetKnown(Happening& e) { e.on_known = true; }
inline void SetKnown(MissingEpisode&) {}

inline std::optional<CivilDate> EndOf(const CarePeriod& e) { return e.ended_by; }
inline std::optional<CivilDate> EndOf(const Placement& e) { return e.end; }
inline std::optional<CivilDate> EndOf(const LegalStatus& e) { return e.end; }
inline std::optional<CivilDate> EndOf(const Review& e) { return e.on; }
inline std::optional<CivilDate> EndOf(const Happening& e) { return e.on; }
inline std::optional<CivilDate> EndOf(const MissingEpisode& e) { return e.end; }

// The code that both sources may state, and that may differ.
inline std::string CodeOf(const CarePeriod&) { return ""; }
inline std::string CodeOf(const Placement& e) {
  return e.places.empty() ? "" : e.places.front().place;
}
inline std::string CodeOf(const LegalStatus& e) { return e.code; }
inline std::string CodeOf(const Review& e) { return e.code; }
inline std::string CodeOf(const Happening& e) { return e.code; }
inline std::string CodeOf(const MissingEpisode& e) { return e.code; }

inline void SetCode(CarePeriod&, const std::string&) {}
inline void SetCode(Placement& e, const std::string& code) {
  if (e.places.empty()) e.places.push_back({e.start, code});
  e.places.front().place = code;
  e.place = e.places.back().place;
}
inline void SetCode(LegalStatus& e, const std::string& code) { e.code = code; }
inline void SetCode(Review& e, const std::string& code) { e.code = code; }
inline void SetCode(Happening& e, const std::string& code) { e.code = code; }
inline void SetCode(MissingEpisode& e, const std::string& code) { e.code = code; }

}  // namespace holdfast
