package dev.keratin;

import dev.keratin.backend.TensorType;
import dev.keratin.backend.ir.Constant;
import dev.keratin.backend.ir.Op;
import dev.keratin.backend.ir.ProgramBuilder;
import dev.keratin.backend.ir.StopGradient;
import dev.keratin.backend.ir.Value;
import dev.keratin.backend.spi.Backend;
import dev.keratin.backend.spi.Buffer;
import dev.keratin.backend.spi.Executable;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The one point that every op on tensors passes: it is put into a graph (symbolic), added to a trace, or run at once as
 * a program of one node that is compiled once for each signature.
 */
final class Dispatch {
    private static final int CACHED_PROGRAMS = 2048;
    private static final Map<Signature, Executable> CACHE = new LinkedHashMap<>(64, 0.75f, true) {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Signature, Executable> eldest) {
            return size() > CACHED_PROGRAMS;
        }
    };

    private record Signature(Backend backend, Object op, List<TensorType> operands) {}

    private Dispatch() {}

    static List<Tensor> apply(Op op, List<Tensor> inputs) {
        for (Tensor input : inputs) {
            if (input.isSymbolic()) {
                return List.copyOf(GraphNode.call(new OpOperation(op), inputs));
            }
        }
        Frame frame = Frame.current();
        Trace trace = frame.trace();
        List<Tensor> outputs = trace == null ? run(op, inputs) : trace.add(op, inputs);
        for (Recorder recorder : List.copyOf(frame.recorders())) {
            recorder.record(op, inputs, outputs);
        }
        return outputs;
    }

    static Tensor copy(Tensor tensor) {
        return run(new StopGradient(), List.of(tensor)).get(0);
    }

    private static List<Tensor> run(Op op, List<Tensor> inputs) {
        Backend backend = Backends.current();
        if (op instanceof Constant constant) {
            return List.of(constant(backend, constant));
        }
        Buffer[] arguments = new Buffer[inputs.size()];
        for (int i = 0; i < arguments.length; i++) {
            arguments[i] = inputs.get(i).requireConcrete(op.label()).bufferOn(backend);
        }
        List<TensorType> types = inputs.stream().map(Tensor::type).toList();
        Executable executable = compiled(new Signature(backend, OpKey.of(op), types), op);
        return Programs.run(backend, executable, arguments);
    }

    private static Tensor constant(Backend backend, Constant constant) {
        TensorType type = constant.value().type();
        ByteBuffer bytes = ByteBuffer.allocate(Math.toIntExact(type.byteSize()));
        constant.value().copyTo(bytes);
        Buffer buffer = backend.allocate(type);
        buffer.write(bytes.flip().order(java.nio.ByteOrder.LITTLE_ENDIAN));
        return TensorScope.adopt(new EagerTensor(backend, buffer));
    }

    private static Executable compiled(Signature signature, Op op) {
        synchronized (CACHE) {
            return CACHE.computeIfAbsent(signature, key -> {
                ProgramBuilder builder = new ProgramBuilder();
                List<Value> parameters = new ArrayList<>();
                key.operands.forEach(type -> parameters.add(builder.parameter(type)));
                return key.backend.compile(builder.build(builder.add(op, parameters)));
            });
        }
    }
}
