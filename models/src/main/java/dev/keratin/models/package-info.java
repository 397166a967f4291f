/** Sequential, functional and subclassed models; training, callbacks, saving. */
@NullMarked
package dev.keratin.models;

import org.jspecify.annotations.NullMarked;
