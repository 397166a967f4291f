package dev.keratin.backend.cpu;

import dev.keratin.backend.DType;
import dev.keratin.backend.Shape;
import dev.keratin.backend.ir.Node;
import dev.keratin.backend.ir.Value;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The words of a program as {@code frame.h} reads them, written from front to back. */
final class Code {
    /** A step and the node it serves; none for copies at the end. */
    record Step(Opcode opcode, @Nullable Node node) {}

    private final Placement placement;
    private final List<Step> steps = new ArrayList<>();
    private long[] words = new long[256];
    private int length;
    private int open;

    Code(Placement placement) {
        this.placement = placement;
    }

    /** Where the values of the program that is written lie. */
    Placement placement() {
        return placement;
    }

    /** Starts a step; {@link #end} closes it. */
    Code begin(Opcode opcode, @Nullable Node node) {
        steps.add(new Step(opcode, node));
        word(opcode.number());
        open = length;
        return word(0);
    }

    /** Closes the step. */
    void end() {
        words[open] = length - open - 1;
    }

    Code word(long word) {
        if (length == words.length) {
            words = Arrays.copyOf(words, 2 * length);
        }
        words[length++] = word;
        return this;
    }

    Code flag(boolean flag) {
        return word(flag ? 1 : 0);
    }

    Code real(double value) {
        return word(Double.doubleToRawLongBits(value));
    }

    Code dtype(DType dtype) {
        return word(dtype.ordinal());
    }

    /** A count, then as many words. */
    Code words(long... list) {
        word(list.length);
        for (long word : list) {
            word(word);
        }
        return this;
    }

    /** A count, then as many words. */
    Code words(List<? extends Number> list) {
        return words(list.stream().mapToLong(Number::longValue).toArray());
    }

    /** The lengths of the axes. */
    Code shape(Shape shape) {
        return words(shape.dims());
    }

    /** Where a value lies. */
    Code slot(Value value) {
        return slot(placement.of(value));
    }

    Code slot(Slot slot) {
        return word(slot.base()).word(slot.offset());
    }

    /** Where a value lies and its type. */
    Code tensor(Value value) {
        return slot(value).dtype(value.type().dtype()).shape(value.type().shape());
    }

    /** A count, then as many tensors. */
    Code tensors(List<Value> values) {
        word(values.size());
        values.forEach(this::tensor);
        return this;
    }

    /** All words of a body, after their number. */
    Code body(Code body) {
        return words(body.toArray());
    }

    /** The steps so far, those of bodies left out. */
    List<Step> steps() {
        return steps;
    }

    /** Sets a word that was written before. */
    void patch(int position, long word) {
        words[position] = word;
    }

    int length() {
        return length;
    }

    long[] toArray() {
        return Arrays.copyOf(words, length);
    }
}
