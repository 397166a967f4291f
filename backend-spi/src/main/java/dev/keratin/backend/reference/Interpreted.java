package dev.keratin.backend.reference;

import dev.keratin.backend.TensorType;
import dev.keratin.backend.ir.Program;
import dev.keratin.backend.spi.Buffer;
import dev.keratin.backend.spi.Executable;
import dev.keratin.backend.spi.OpSpan;
import java.util.ArrayList;
import java.util.List;

/** Runs a program node by node, as it was handed in. */
final class Interpreted implements Executable {
    private final ReferenceBackend owner;
    private final Program program;
    private final Plan plan;
    private volatile boolean closed;

    Interpreted(ReferenceBackend owner, Program program) {
        this.owner = owner;
        this.program = program;
        this.plan = new Plan(program);
    }

    @Override
    public Program program() {
        return program;
    }

    @Override
    public void run(Buffer[] arguments, Buffer[] results) {
        run(arguments, results, Plan.Observer.NONE);
    }

    @Override
    public List<OpSpan> measure(Buffer[] arguments, Buffer[] results) {
        List<OpSpan> spans = new ArrayList<>();
        run(arguments, results, (node, start) ->
                spans.add(new OpSpan(node.op().label(), node, start, System.nanoTime() - start)));
        return List.copyOf(spans);
    }

    private void run(Buffer[] arguments, Buffer[] results, Plan.Observer observer) {
        if (closed) {
            throw new IllegalStateException("Executable: an open executable is required. Received: a closed one with the"
                    + " parameters " + program.parameterTypes() + ". Compile the program again.");
        }
        List<HeapBuffer> given = checked("argument", arguments, program.parameterTypes());
        List<HeapBuffer> wanted = checked("result", results, program.resultTypes());
        requireSeparate(given, wanted);
        store(interpret(given.stream().map(HeapBuffer::tensor).toList(), observer), given, wanted);
    }

    private Plan.Outcome interpret(List<Tensor> arguments, Plan.Observer observer) {
        try {
            return plan.run(arguments, observer);
        } catch (OutOfMemoryError e) {
            throw owner.outOfMemory("run: the program");
        }
    }

    private void store(Plan.Outcome outcome, List<HeapBuffer> arguments, List<HeapBuffer> results) {
        for (int i = 0; i < results.size(); i++) {
            results.get(i).set(outcome.results().get(i));
        }
        for (int i = 0; i < outcome.updates().size(); i++) {
            arguments.get(program.updates().get(i).parameter()).set(outcome.updates().get(i));
        }
    }

    private List<HeapBuffer> checked(String what, Buffer[] buffers, List<TensorType> types) {
        if (buffers.length != types.size()) {
            throw new IllegalArgumentException("run: " + types.size() + " " + what + "s of the types " + types
                    + " are required. Received: " + buffers.length + ".");
        }
        List<HeapBuffer> checked = new ArrayList<>();
        for (int i = 0; i < buffers.length; i++) {
            checked.add(checked(what + " " + i, buffers[i], types.get(i)));
        }
        return checked;
    }

    private HeapBuffer checked(String which, Buffer buffer, TensorType type) {
        if (!(buffer instanceof HeapBuffer heap) || heap.owner() != owner) {
            throw new IllegalArgumentException("run: as " + which + " a buffer of this \"java\" backend is required."
                    + " Received: a " + buffer.getClass().getSimpleName() + " of another backend, " + buffer.type()
                    + ". Read it and write it to a buffer of this backend.");
        }
        if (!heap.type().equals(type)) {
            throw new IllegalArgumentException("run: as " + which + " " + type + " is required. Received: " + heap.type()
                    + ". Compile the program for that type.");
        }
        heap.requireOpen();
        return heap;
    }

    private static void requireSeparate(List<HeapBuffer> arguments, List<HeapBuffer> results) {
        for (int i = 0; i < results.size(); i++) {
            HeapBuffer result = results.get(i);
            if (arguments.contains(result) || results.indexOf(result) != i) {
                throw new IllegalArgumentException("run: as result " + i + " a buffer is required that is neither an"
                        + " argument nor another result. Received: the same one twice, " + result.type()
                        + ". Allocate one for each result.");
            }
        }
    }

    @Override
    public String explain() {
        return "Interpreted node by node, nothing fused.\n" + program.text();
    }

    @Override
    public void close() {
        closed = true;
    }
}
