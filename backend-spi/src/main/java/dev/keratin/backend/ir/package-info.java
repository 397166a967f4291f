/** The op set and typed SSA programs over it. */
@NullMarked
package dev.keratin.backend.ir;

import org.jspecify.annotations.NullMarked;
