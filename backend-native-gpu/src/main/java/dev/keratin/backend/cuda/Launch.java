package dev.keratin.backend.cuda;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * One launch of a kernel that is not compiled yet.
 *
 * @param headers beside {@code kernel.cuh}, in the order in which they need each other
 * @param structs what the kernel's text needs before it
 * @param arguments which the kernel names a0, a1, ...
 * @param body statements of the kernel
 * @param what it is for, in messages
 */
record Launch(String family, List<String> headers, String structs, List<Argument> arguments, String body, Geometry geometry, String what) {
    /** The header, before all others, of kernels whose indices have 32 bits. */
    static final String NARROW = "narrow.cuh";

    /**
     * An argument by value.
     *
     * @param value its bytes, a multiple of 8
     * @param patches the device addresses in it that are known when the program runs
     */
    record Argument(String type, byte[] value, List<Patch> patches) {
        /** A device address at a position, in bytes. */
        record Patch(int position, Slot slot) {
            Patch moved(int bytes) {
                return new Patch(position + bytes, slot);
            }
        }
    }

    static String name(int argument) {
        return "a" + argument;
    }

    /** How many bytes the arguments take. */
    int argumentBytes() {
        return arguments.stream().mapToInt(argument -> argument.value().length).sum();
    }

    Kernel kernel() {
        String parameters = IntStream.range(0, arguments.size()).mapToObj(i -> arguments.get(i).type() + " " + name(i))
                .collect(Collectors.joining(", "));
        String includes = headers.stream().map(header -> "#include \"" + header + "\"\n").collect(Collectors.joining());
        return Kernel.of(family, includes + structs + "extern \"C\" __global__ void __launch_bounds__(" + Geometry.MOST_THREADS
                + ") KERNEL(" + parameters + ") {\n" + body + "}\n");
    }

    /** The line of its step. */
    String line(Kernel kernel) {
        return kernel.name() + " " + geometry + " " + what;
    }

    /** Compiles the kernel. */
    Step step(Kernel kernel, GpuDriver driver) {
        long function = driver.load(kernel);
        ByteBuffer block = ByteBuffer.allocateDirect(Long.BYTES * arguments.size() + argumentBytes()).order(ByteOrder.nativeOrder());
        long address = driver.addressOf(block);
        Argument.Patch[] patches = fill(block, address).toArray(Argument.Patch[]::new);
        return frame -> {
            for (Argument.Patch patch : patches) {
                block.putLong(patch.position(), frame.at(patch.slot()));
            }
            frame.driver().launch(function, geometry, address);
        };
    }

    /** First the address of each argument, then the arguments. */
    private List<Argument.Patch> fill(ByteBuffer block, long address) {
        List<Argument.Patch> patches = new ArrayList<>();
        int position = Long.BYTES * arguments.size();
        for (int i = 0; i < arguments.size(); i++) {
            Argument argument = arguments.get(i);
            block.putLong(Long.BYTES * i, address + position);
            block.put(position, argument.value());
            for (Argument.Patch patch : argument.patches()) {
                patches.add(patch.moved(position));
            }
            position += argument.value().length;
        }
        return patches;
    }
}
