/** Learning rates that depend on the number of steps taken. */
@NullMarked
package dev.keratin.optimizers.schedules;

import org.jspecify.annotations.NullMarked;
