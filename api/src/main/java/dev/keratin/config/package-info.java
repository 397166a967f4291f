/** Objects that Keras files describe by a class name and a JSON configuration, and the names they are known by. */
@NullMarked
package dev.keratin.config;

import org.jspecify.annotations.NullMarked;
