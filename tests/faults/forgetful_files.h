// What of a company's files would survive a power cut, known from the fsync calls of the program:
// the content of a file once the file was synced, its name once the folder was. The calls reach us
// by the linker (--wrap=fsync).
#pragma once

#include <string>

namespace cashline::faults {

// From now on every fsync below data/files is written down beside the data folder. `skips`: fsync
// does nothing and says that all is well.
void remember_synced_files(std::string const& data, bool skips);
// Takes away what the last run did not sync: names that no folder sync covers, and half of each
// file whose content was not synced. What was there before the first run is durable.
void lose_unsynced_files(std::string const& data);

}
