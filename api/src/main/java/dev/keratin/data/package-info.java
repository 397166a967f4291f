/** Data sets: rows in memory, pipelines of batches, prefetching, small data sets that come with the jar. */
@NullMarked
package dev.keratin.data;

import org.jspecify.annotations.NullMarked;
