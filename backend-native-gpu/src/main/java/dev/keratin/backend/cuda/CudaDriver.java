package dev.keratin.backend.cuda;

import static org.bytedeco.cuda.global.cudart.CU_STREAM_CAPTURE_MODE_THREAD_LOCAL;
import static org.bytedeco.cuda.global.cudart.cuGraphDestroy;
import static org.bytedeco.cuda.global.cudart.cuGraphExecDestroy;
import static org.bytedeco.cuda.global.cudart.cuGraphInstantiate;
import static org.bytedeco.cuda.global.cudart.cuGraphLaunch;
import static org.bytedeco.cuda.global.cudart.cuMemcpyDtoDAsync;
import static org.bytedeco.cuda.global.cudart.cuStreamBeginCapture;
import static org.bytedeco.cuda.global.cudart.cuStreamEndCapture;
import static org.bytedeco.cuda.global.cudart.cuStreamQuery;
import static org.bytedeco.cuda.global.cudart.cuStreamSynchronize;

import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.bytedeco.cuda.cudart.CUevent_st;
import org.bytedeco.cuda.cudart.CUgraphExec_st;
import org.bytedeco.cuda.cudart.CUgraph_st;
import org.bytedeco.cuda.cudart.CUstream_st;
import org.bytedeco.cuda.global.cublas;
import org.bytedeco.cuda.global.cudnn;

/** NVIDIA's driver and libraries. Everything is asked of one stream; copies to memory that nothing uses yet of a second one. */
final class CudaDriver implements GpuDriver {
    private static final int PIECE_BYTES = 4 << 20;
    /** Kernels, and plans of a kind, that are kept when no program uses them: those of some models. */
    private static final int IDLE = 512;

    private final Faults faults = new Faults();
    private final Fallbacks fallbacks = new Fallbacks(faults);
    private final boolean synchronous = Boolean.getBoolean(Faults.SYNCHRONOUS);
    private final DeviceContext context;
    private final CUstream_st stream;
    private final CUstream_st copies;
    private final CUevent_st copied;
    private final BlockPool pool;
    private final Staging staging;
    private final Borrowing borrowing;
    private final Kernels kernels;
    private final Products products;
    private final Convolutions convolutions;
    private final Recurrences recurrences;
    private final Attentions attentions;
    private final Map<Long, CUgraphExec_st> graphs = new HashMap<>();
    private long graphNumber;

    private CudaDriver(KernelCache cache, int idle) {
        this.context = new DeviceContext(faults);
        this.stream = context.stream();
        faults.ask(() -> cuStreamQuery(stream));
        this.copies = context.stream();
        this.copied = context.event();
        this.pool = new BlockPool(context, stream);
        this.staging = new Staging(context, PIECE_BYTES);
        this.borrowing = new Borrowing(context, stream, idle);
        this.kernels = new Kernels(context, stream, cache, borrowing);
        TrialRoom room = new TrialRoom(context, pool, staging, stream);
        this.products = new Products(faults, stream, new ProductTrial(room, fallbacks), borrowing);
        Cudnn library = Cudnn.open(faults, stream);
        KeptPlans kept = new KeptPlans(cache, library, context.describe() + ", cuDNN " + cudnn.cudnnGetVersion());
        this.convolutions = new Convolutions(library, kept, borrowing);
        this.recurrences = new Recurrences(library, new RecurrentTrial(room), fallbacks, borrowing);
        this.attentions = new Attentions(library, new AttentionTrial(room, fallbacks), kept, borrowing);
    }

    /**
     * Takes the first device.
     *
     * @throws IllegalStateException if it can't be used
     */
    static CudaDriver open() {
        return open(IDLE);
    }

    /**
     * The same.
     *
     * @param idle how many kernels, and plans of a kind, are kept when no program uses them; at least one
     */
    static CudaDriver open(int idle) {
        new CudaProbe(Host.here()).reason().ifPresent(reason -> {
            throw new IllegalStateException("cuda: a device is required. Received: none, since " + reason + ".");
        });
        return new CudaDriver(KernelCache.ofUser(), idle);
    }

    @Override
    public String describe() {
        context.enter();
        return context.describe() + ", NVRTC " + kernels.version() + ", cuBLASLt " + cublas.cublasLtGetVersion() + ", cuDNN "
                + cudnn.cudnnGetVersion();
    }

    @Override
    public long allocate(long bytes) {
        context.enter();
        return pool.allocate(bytes);
    }

    @Override
    public void free(long address) {
        if (!faults.isBroken()) {
            context.enter();
            pool.free(address);
        }
    }

    @Override
    public long systemAllocations() {
        return pool.taken();
    }

    @Override
    public void copyIn(ByteBuffer source, long to) {
        context.enter();
        staging.copyIn(source, to, stream);
    }

    @Override
    public void copyInUnused(ByteBuffer source, long to) {
        context.enter();
        pool.awaitFree(to, copies);
        staging.copyIn(source, to, copies);
        context.record(copied, copies);
        context.await(stream, copied);
    }

    @Override
    public void copyOut(long from, ByteBuffer target) {
        context.enter();
        staging.copyOut(from, target, stream);
        faults.settled();
    }

    @Override
    public void copy(long from, long to, long bytes) {
        context.enter();
        faults.check(cuMemcpyDtoDAsync(to, from, bytes, stream), "cuMemcpyDtoDAsync");
    }

    @Override
    public long addressOf(ByteBuffer direct) {
        return Address.of(direct);
    }

    @Override
    public <T> T lending(Loans loans, Supplier<T> work) {
        return borrowing.lending(loans, work);
    }

    @Override
    public long load(Kernel kernel) {
        context.enter();
        return kernels.load(kernel);
    }

    @Override
    public void launch(long function, Geometry geometry, long parameters) {
        context.enter();
        kernels.launch(function, geometry, parameters);
    }

    @Override
    public Optional<LibraryCall> product(Product product) {
        context.enter();
        return products.prepare(product);
    }

    @Override
    public Optional<LibraryCall> convolution(Convolution convolution) {
        context.enter();
        return convolutions.prepare(convolution);
    }

    @Override
    public Optional<RecurrentPlan> recurrence(Recurrence layer) {
        context.enter();
        return recurrences.prepare(layer);
    }

    @Override
    public Optional<AttentionPlan> attention(Attention attention) {
        context.enter();
        return attentions.prepare(attention);
    }

    @Override
    public void mark(String line) {
        context.enter();
        if (synchronous) {
            await();
        }
        faults.mark(line);
    }

    /** Waits for all work, so that its errors are met. */
    private void await() {
        faults.check(cuStreamSynchronize(stream), "cuStreamSynchronize");
        faults.settled();
    }

    @Override
    public long capture(Runnable work) {
        if (synchronous) {
            return 0;
        }
        context.enter();
        CUgraph_st graph = new CUgraph_st();
        faults.check(cuStreamBeginCapture(stream, CU_STREAM_CAPTURE_MODE_THREAD_LOCAL), "cuStreamBeginCapture");
        try {
            work.run();
        } catch (RuntimeException | Error e) {
            if (cuStreamEndCapture(stream, graph) == Status.OK) {
                cuGraphDestroy(graph);
            }
            if (faults.isBroken() || e instanceof Error) {
                throw e;
            }
            return refused(String.valueOf(e.getMessage()));
        }
        int status = cuStreamEndCapture(stream, graph);
        return status == Status.OK ? instantiate(graph) : refused(Status.text(status) + " of cuStreamEndCapture.");
    }

    private long refused(String cause) {
        fallbacks.tell("work is asked for call by call and not as a recorded graph", faults.latest(), cause);
        return 0;
    }

    /** The number of an executable graph, or 0 if there can't be one, for lack of memory say. */
    private long instantiate(CUgraph_st graph) {
        CUgraphExec_st executable = new CUgraphExec_st();
        int status = context.withRoom(() -> cuGraphInstantiate(executable, graph, 0));
        faults.check(cuGraphDestroy(graph), "cuGraphDestroy");
        if (Status.isSticky(status)) {
            faults.check(status, "cuGraphInstantiate");
        }
        if (status != Status.OK) {
            return refused(Status.text(status) + " of cuGraphInstantiate.");
        }
        graphs.put(++graphNumber, executable);
        return graphNumber;
    }

    @Override
    public void replay(long graph) {
        context.enter();
        CUgraphExec_st executable = graphs.get(graph);
        faults.check(context.withRoom(() -> cuGraphLaunch(executable, stream)), "cuGraphLaunch");
    }

    @Override
    public void release(long graph) {
        CUgraphExec_st executable = graphs.remove(graph);
        if (!faults.isBroken()) {
            context.enter();
            faults.check(cuGraphExecDestroy(executable), "cuGraphExecDestroy");
        }
    }
}
