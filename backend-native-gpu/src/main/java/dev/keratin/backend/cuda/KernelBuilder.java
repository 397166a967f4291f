package dev.keratin.backend.cuda;

import dev.keratin.backend.DType;
import dev.keratin.backend.ir.Literal;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Writes one kernel and the arguments of one launch together, so that they can't differ. Each argument is declared by the
 * method that gives its value, which returns the name it has in the kernel.
 */
final class KernelBuilder {
    /** A device address that is known when the program runs. */
    private record Patch(int position, Slot slot) {}

    private final String family;
    private final StringBuilder includes = new StringBuilder();
    private final List<String> parameters = new ArrayList<>();
    private final StringBuilder body = new StringBuilder();
    private final List<byte[]> values = new ArrayList<>();
    private final List<Slot> slots = new ArrayList<>();

    /**
     * An empty kernel.
     *
     * @param headers files beside {@code kernel.cuh}, in the order in which they need each other
     */
    KernelBuilder(String family, String... headers) {
        this.family = family;
        include("kernel.cuh");
        List.of(headers).forEach(this::include);
    }

    private void include(String header) {
        includes.append("#include \"").append(header).append("\"\n");
    }

    /** A pointer to where a value lies. */
    String pointer(Slot slot, String type) {
        return argument(type + "*", new byte[Long.BYTES], slot);
    }

    /** A whole number. */
    String number(long value) {
        return argument("const int64_t", bytes(Long.BYTES).putLong(value).array(), null);
    }

    /** Whole numbers, at least one. */
    String numbers(long... list) {
        ByteBuffer bytes = bytes(Long.BYTES * list.length);
        for (long each : list) {
            bytes.putLong(each);
        }
        return argument("const Longs<" + list.length + ">", bytes.array(), null);
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
        return argument("const " + CTypes.compute(dtype), value.array(), null);
    }

    private static ByteBuffer bytes(int length) {
        return ByteBuffer.allocate(length).order(ByteOrder.nativeOrder());
    }

    private String argument(String type, byte[] value, @Nullable Slot slot) {
        String name = "a" + parameters.size();
        parameters.add(type + " " + name);
        values.add(value);
        slots.add(slot == null ? new Slot(Slot.ADDRESS, -1) : slot);
        return name;
    }

    /** Adds a line of the body. */
    KernelBuilder line(String text) {
        body.append("  ").append(text).append('\n');
        return this;
    }

    /** Compiles the kernel and adds its launch as a step; nothing without blocks. */
    void launch(Geometry geometry, String what, Code code) {
        if (geometry.blocks() == 0) {
            return;
        }
        Kernel kernel = Kernel.of(family, includes + "extern \"C\" __global__ void __launch_bounds__(" + Geometry.MOST_THREADS
                + ") KERNEL(" + String.join(", ", parameters) + ") {\n" + body + "}\n");
        GpuDriver driver = code.driver();
        long function = driver.load(kernel);
        ByteBuffer block = ByteBuffer.allocateDirect(Long.BYTES * values.size() + values.stream().mapToInt(value -> value.length).sum())
                .order(ByteOrder.nativeOrder());
        long address = driver.addressOf(block);
        Patch[] patches = fill(block, address).toArray(Patch[]::new);
        code.add(kernel.name() + " " + geometry + " " + what, frame -> {
            for (Patch patch : patches) {
                block.putLong(patch.position(), frame.at(patch.slot()));
            }
            frame.driver().launch(function, geometry, address);
        });
    }

    /** First the address of each argument, then the arguments. */
    private List<Patch> fill(ByteBuffer block, long address) {
        List<Patch> patches = new ArrayList<>();
        int position = Long.BYTES * values.size();
        for (int i = 0; i < values.size(); i++) {
            block.putLong(Long.BYTES * i, address + position);
            block.put(position, values.get(i));
            if (slots.get(i).offset() >= 0) {
                patches.add(new Patch(position, slots.get(i)));
            }
            position += values.get(i).length;
        }
        return patches;
    }
}
