package dev.keratin;

import dev.keratin.backend.TensorType;
import dev.keratin.backend.spi.Backend;
import dev.keratin.backend.spi.Buffer;
import dev.keratin.backend.spi.Executable;
import dev.keratin.profile.Profile;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * A function on tensors that is traced and compiled once for each signature of its arguments, and from then on run as
 * one program. Variables that it assigns are updated in place.
 *
 * <p>Calling is safe from several threads as long as the function assigns no variable. Close it to free what was
 * compiled.
 */
public final class CompiledFunction implements AutoCloseable {
    private final Function<List<Tensor>, List<Tensor>> function;
    private final Map<Signature, Compiled> compiled = new LinkedHashMap<>();

    private record Signature(Backend backend, List<TensorType> arguments) {}

    private record Compiled(TracedProgram traced, Executable executable) {}

    /** A function that will be traced; it must not depend on the elements of its arguments. */
    public CompiledFunction(Function<List<Tensor>, List<Tensor>> function) {
        this.function = function;
    }

    /** Runs the function; the results are owned by the innermost scope of the caller. */
    public List<Tensor> call(List<Tensor> arguments) {
        Backend backend = Backends.current();
        Compiled target = target(backend, arguments.stream().map(Tensor::type).toList());
        return Programs.run(backend, target.executable, buffers(backend, target.traced, arguments));
    }

    /** What was compiled for arguments of the given types, compiled now if it was not. */
    public Executable executable(List<TensorType> arguments) {
        return target(Backends.current(), arguments).executable;
    }

    private Compiled target(Backend backend, List<TensorType> types) {
        Signature signature = new Signature(backend, types);
        synchronized (compiled) {
            Compiled known = compiled.get(signature);
            if (known == null) {
                known = compile(signature);
                compiled.put(signature, known);
            }
            return known;
        }
    }

    private Compiled compile(Signature signature) {
        Profile.Span span = Profile.span("compile");
        try (Trace trace = Trace.begin()) {
            List<Tensor> parameters = signature.arguments.stream().map(trace::parameter).toList();
            TracedProgram traced = trace.finish(function.apply(parameters));
            return new Compiled(traced, signature.backend.compile(traced.program()));
        } finally {
            span.close();
        }
    }

    private static Buffer[] buffers(Backend backend, TracedProgram traced, List<Tensor> arguments) {
        Buffer[] buffers = new Buffer[traced.program().parameters().size()];
        for (int i = 0; i < arguments.size(); i++) {
            buffers[i] = arguments.get(i).requireConcrete("call").bufferOn(backend);
        }
        traced.captures().forEach((index, tensor) -> buffers[index] = tensor.requireConcrete("call").bufferOn(backend));
        traced.variables().forEach((index, variable) -> buffers[index] = variable.concrete().bufferOn(backend));
        return buffers;
    }

    /** Frees what was compiled. */
    @Override
    public void close() {
        synchronized (compiled) {
            compiled.values().forEach(each -> each.executable.close());
            compiled.clear();
        }
    }
}
