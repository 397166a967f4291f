/** The files of Keras: which weight stands where, read into and written from models. */
@NullMarked
package dev.keratin.io.keras;

import org.jspecify.annotations.NullMarked;
