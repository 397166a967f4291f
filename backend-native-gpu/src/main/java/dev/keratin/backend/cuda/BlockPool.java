package dev.keratin.backend.cuda;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.bytedeco.cuda.cudart.CUevent_st;
import org.bytedeco.cuda.cudart.CUstream_st;
import org.bytedeco.cuda.global.cudart;

/**
 * Device memory in blocks, kept for the next user of the same size, since asking the driver for memory makes the device
 * wait. Of the few that were given back last the newest is taken that no work uses any more, so that few addresses are in
 * turn, for which there is recorded work, and a copy to the block need not wait; else the oldest of these few.
 */
final class BlockPool {
    private static final long SMALL = 1 << 20;
    private static final long SMALL_STEP = 512;
    private static final long LARGE_STEP = 2 << 20;
    /** How many of the blocks that were given back last are looked at. */
    private static final int LATEST = 4;

    private final DeviceContext context;
    private final CUstream_st stream;
    private final Map<Long, Block> blocks = new HashMap<>();
    private final Map<Long, List<Block>> free = new HashMap<>();
    private long taken;

    /** Memory that the driver gave; {@code freed} marks when its last user is done with it. */
    private record Block(long address, long bytes, CUevent_st freed) {}

    /**
     * An empty pool.
     *
     * @param stream whose work uses the blocks
     */
    BlockPool(DeviceContext context, CUstream_st stream) {
        this.context = context;
        this.stream = stream;
        context.spare(this::trim);
    }

    /** How often the driver was asked for memory and gave some. */
    long taken() {
        return taken;
    }

    /** A block, or 0. */
    long allocate(long bytes) {
        long rounded = rounded(bytes);
        List<Block> known = free.getOrDefault(rounded, List.of());
        if (!known.isEmpty()) {
            return known.remove(choice(known)).address();
        }
        return take(rounded);
    }

    private int choice(List<Block> known) {
        int oldest = Math.max(0, known.size() - LATEST);
        int newest = known.size() - 1;
        while (newest > oldest && !context.isReached(known.get(newest).freed())) {
            newest--;
        }
        return newest;
    }

    private static long rounded(long bytes) {
        long step = bytes <= SMALL ? SMALL_STEP : LARGE_STEP;
        return (bytes + step - 1) / step * step;
    }

    private long take(long bytes) {
        long[] address = new long[1];
        int status = context.withRoom(() -> cudart.cuMemAlloc(address, bytes));
        if (status == cudart.CUDA_ERROR_OUT_OF_MEMORY) {
            return 0;
        }
        context.faults().check(status, "cuMemAlloc");
        taken++;
        blocks.put(address[0], new Block(address[0], bytes, context.event()));
        return address[0];
    }

    /** Gives all free blocks back to the driver, when no work uses them any more; whether there were any. */
    private boolean trim() {
        context.settle(stream);
        boolean any = false;
        for (List<Block> each : free.values()) {
            for (Block block : each) {
                any = true;
                blocks.remove(block.address());
                context.faults().check(cudart.cuEventDestroy(block.freed()), "cuEventDestroy");
                context.faults().check(cudart.cuMemFree(block.address()), "cuMemFree");
            }
        }
        free.clear();
        return any;
    }

    /** Takes a block back; work asked for so far may still use it. */
    void free(long address) {
        Block block = blocks.get(address);
        if (block == null) {
            throw new IllegalStateException("cuda: memory of this pool is required. Received: " + Long.toHexString(address) + ".");
        }
        context.record(block.freed(), stream);
        free.computeIfAbsent(block.bytes(), bytes -> new ArrayList<>()).add(block);
    }

    /** Makes another stream wait until the work of former users of a block is done. */
    void awaitFree(long address, CUstream_st other) {
        Block block = blocks.get(address);
        if (block != null) {
            context.await(other, block.freed());
        }
    }
}
