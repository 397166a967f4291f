// Buffers whose elements are for a while only in another layout, somewhere else: what lies twice is resident once.
//
// A buffer that is lent keeps its addresses and its place in the accounts of memory, but its pages go back to the system.
// So taking it back asks for nothing that could be refused. Whoever needs its elements where they belong takes it back,
// and from then on it is not lent any more: two users that want it differently don't carry it to and fro.
#pragma once
#include <cstdint>

namespace keratin {

/// Holds the elements of a lent buffer in a layout of its own.
struct Borrower {
  virtual ~Borrower() = default;
  /// Writes the elements back to where they were. May throw; then it still holds them.
  virtual void put_back(char* address) = 0;
};

/// Lends a buffer, whose elements the borrower holds from now on, unless it is small, held or was taken back once.
void lend(char* address, int64_t bytes, Borrower* borrower);

/// Takes a buffer back, if it is lent, for good.
void take_back(char* address);

/// Whether there may be anything to take back.
bool may_be_lent();

/// Takes a buffer back, if this borrower has it; it may be lent again.
void return_from(Borrower* borrower, char* address);

/// Takes a buffer back, if it is lent, and has it stay until let_go(). Holds of several threads are counted.
void hold(char* address);
void let_go(char* address);

/// Forgets a buffer that is about to be released.
void forget(char* address);

}  // namespace keratin
