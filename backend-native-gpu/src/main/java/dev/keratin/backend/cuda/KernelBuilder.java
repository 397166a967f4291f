package dev.keratin.backend.cuda;

import dev.keratin.backend.DType;
import dev.keratin.backend.cuda.Launch.Argument;
import dev.keratin.backend.ir.Literal;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.LongStream;

/**
 * Writes one kernel and the arguments of one launch together, so that they can't differ. Each argument is declared by the
 * method that gives its value, which returns the name it has in the kernel.
 */
final class KernelBuilder {
    /** How many elements 32 bits count, with room for a last step of all threads beyond them. */
    private static final long NARROW = 1L << 30;

    private final String family;
    private final List<String> headers = new ArrayList<>(List.of("kernel.cuh"));
    private final List<Argument> arguments = new ArrayList<>();
    private final StringBuilder body = new StringBuilder();

    /**
     * An empty kernel.
     *
     * @param headers files beside {@code kernel.cuh}, in the order in which they need each other
     */
    KernelBuilder(String family, String... headers) {
        this.family = family;
        this.headers.addAll(List.of(headers));
    }

    /** Says that all indices are below these numbers; without it, 64 bits are taken for them. */
    KernelBuilder within(long... sizes) {
        headers.remove(Launch.NARROW);
        if (LongStream.of(sizes).allMatch(size -> size <= NARROW)) {
            headers.add(0, Launch.NARROW);
        }
        return this;
    }

    /** A pointer to where a value lies. */
    String pointer(Slot slot, String type) {
        return argument(type + "*", new byte[Long.BYTES], List.of(new Argument.Patch(0, slot)));
    }

    /** A whole number. */
    String number(long value) {
        return argument("const int64_t", bytes(Long.BYTES).putLong(value).array(), List.of());
    }

    /** Whole numbers, at least one. */
    String numbers(long... list) {
        ByteBuffer bytes = bytes(Long.BYTES * list.length);
        for (long each : list) {
            bytes.putLong(each);
        }
        return shared("const Longs<" + list.length + ">", bytes.array());
    }

    /** Numbers from 1 on by which indices are divided, at least one. */
    String divisors(long... list) {
        ByteBuffer bytes = bytes(2 * Long.BYTES * list.length);
        for (long each : list) {
            Divisor.of(each).put(bytes);
        }
        return shared("const Divisors<" + list.length + ">", bytes.array());
    }

    /** A number from 1 on by which indices are divided. */
    String divisor(long number) {
        ByteBuffer bytes = bytes(2 * Long.BYTES);
        Divisor.of(number).put(bytes);
        return argument("const Divisor", bytes.array(), List.of());
    }

    /** Equal ones are one argument, so that what is computed with them is computed once. */
    private String shared(String type, byte[] value) {
        for (int i = 0; i < arguments.size(); i++) {
            if (arguments.get(i).type().equals(type) && Arrays.equals(arguments.get(i).value(), value)) {
                return Launch.name(i);
            }
        }
        return argument(type, value, List.of());
    }

    /** The element of a splat, in the type it is computed in. */
    String scalar(Literal splat) {
        DType dtype = splat.type().dtype();
        ByteBuffer value = bytes(Long.BYTES);
        switch (dtype) {
            case FLOAT16, BFLOAT16, FLOAT32 -> value.putFloat((float) splat.doubleAt(0));
            case FLOAT64 -> value.putDouble(splat.doubleAt(0));
            case INT8, UINT8, INT32 -> value.putInt((int) splat.longAt(0));
            case INT64 -> value.putLong(splat.longAt(0));
            case BOOL -> value.put((byte) splat.longAt(0));
        }
        return argument("const " + CTypes.compute(dtype), value.array(), List.of());
    }

    private static ByteBuffer bytes(int length) {
        return ByteBuffer.allocate(length).order(ByteOrder.nativeOrder());
    }

    private String argument(String type, byte[] value, List<Argument.Patch> patches) {
        arguments.add(new Argument(type, value, patches));
        return Launch.name(arguments.size() - 1);
    }

    /** Adds a line of the body. */
    KernelBuilder line(String text) {
        body.append("  ").append(text).append('\n');
        return this;
    }

    /** Adds the launch; nothing without blocks. */
    void launch(Geometry geometry, String what, Code code) {
        if (geometry.blocks() > 0) {
            code.add(new Launch(family, List.copyOf(headers), "", List.copyOf(arguments), body.toString(), geometry, what));
        }
    }
}
