// Checks of everything the platform itself promises, from the rows and not from anything maintained
// beside them: references lead somewhere, the journal tells what is stored, keys are unique, folded
// texts and states are true. Apps have checks of their own; the server puts them together.
#pragma once

#include "platform/pipeline/reader.h"
#include "platform/verify/finding.h"

#include <vector>

namespace cashline {

using VerifyFindings = std::vector<VerifyFinding>;

// Every lookup points at an existing row of a table it may point at; the two parts of an activity
// exist together.
Result<VerifyFindings> verify_references(Reader&);
// Positions are dense, change sets and entries belong together, what an update found is what the
// one before it left, and the newest value of every column is the one that is stored.
Result<VerifyFindings> verify_journal(Reader&);
// Keys are unique, folded texts are the fold of their texts, status reasons belong to their states.
Result<VerifyFindings> verify_keys(Reader&);
// The bytes of every stored file are there and are those of its hash.
Result<VerifyFindings> verify_files(Reader&);

}
