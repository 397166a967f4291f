package dev.keratin.backend.cuda;

import dev.keratin.backend.DType;
import dev.keratin.backend.ir.Node;
import dev.keratin.backend.ir.Program;
import dev.keratin.backend.ir.Unary;
import dev.keratin.backend.ir.UnaryKind;
import dev.keratin.backend.ir.Value;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Lets a library apply gelu, and its gradient, in the products before. */
final class GeluFusion {
    private final Program program;
    private final Uses uses;
    private final GpuDriver driver;
    private final ProgramCopy copy;
    private final Map<Value, GeluMatch> ofSums = new HashMap<>();
    private final Map<Value, GeluMatch> ofGradients = new HashMap<>();
    /** What values that the library computes are computed from. */
    private final Map<Value, List<Value>> operands = new HashMap<>();
    private final Set<Value> needed = new HashSet<>();

    private GeluFusion(Program program, GpuDriver driver) {
        this.program = program;
        this.uses = new Uses(program);
        this.driver = driver;
        this.copy = new ProgramCopy(program);
    }

    /** A program that computes the same; the same object if there is nothing for the library. */
    static Program run(Program program, GpuDriver driver) {
        if (program.nodes().stream().noneMatch(node -> node.op().equals(new Unary(UnaryKind.TANH)))) {
            return program;
        }
        GeluFusion fusion = new GeluFusion(program, driver);
        fusion.find();
        return fusion.ofSums.isEmpty() ? program : fusion.copy.run(fusion::replace);
    }

    private void find() {
        for (GeluMatch match : GeluMatch.all(program, uses)) {
            if (isUsual(match)) {
                add(match);
            }
        }
        findNeeded();
    }

    private void add(GeluMatch match) {
        ofSums.put(match.sums(), match);
        operands.put(match.sums(), match.operands());
        operands.put(match.result(), match.operands());
        match.gradient().filter(gradient -> has(ProductBody.gradient(match.sums(), gradient, uses))).ifPresent(gradient -> {
            ofGradients.put(gradient.result(), match);
            operands.put(gradient.result(), gradient.operands(match.sums()));
        });
        findNeeded();
        if (!has(body(match))) {
            remove(match);
        }
    }

    private void remove(GeluMatch match) {
        ofSums.remove(match.sums());
        operands.keySet().removeAll(List.of(match.sums(), match.result()));
        match.gradient().ifPresent(gradient -> {
            ofGradients.remove(gradient.result());
            operands.remove(gradient.result());
        });
    }

    /** What the library computes: the sums, too, if anything reads them. */
    private Program body(GeluMatch match) {
        return ProductBody.gelu(match, needed.contains(match.sums()), uses);
    }

    /** Follows what is still needed when the library computes what it can. */
    private void findNeeded() {
        needed.clear();
        Deque<Value> open = new ArrayDeque<>(program.escaping());
        while (!open.isEmpty()) {
            Value value = open.remove();
            Node node = uses.producer(value);
            if (needed.add(value) && node != null) {
                open.addAll(operands.getOrDefault(value, node.inputs()));
            }
        }
    }

    /** Whether libraries fuse its type, and a call can tell its operands apart. */
    private static boolean isUsual(GeluMatch match) {
        DType dtype = match.sums().type().dtype();
        return dtype.isFloating() && dtype != DType.FLOAT64 && match.product().inputs().stream().distinct().count() == 2;
    }

    /** Whether the library has what a body computes. */
    private boolean has(Program body) {
        return ProductBody.call(body, driver).isPresent();
    }

    private boolean replace(Node node) {
        Value output = node.outputs().get(0);
        if (ofSums.containsKey(output)) {
            gelu(ofSums.get(output));
        } else if (ofGradients.containsKey(output)) {
            GeluMatch match = ofGradients.get(output);
            Program body = ProductBody.gradient(match.sums(), match.gradient().orElseThrow(), uses);
            copy.put(output, copy.routine(body, copies(output)).get(0));
        }
        return operands.containsKey(output) || node.outputs().stream().noneMatch(needed::contains);
    }

    private void gelu(GeluMatch match) {
        List<Value> results = copy.routine(body(match), copies(match.sums()));
        copy.put(match.result(), results.get(0));
        if (results.size() > 1) {
            copy.put(match.sums(), results.get(1));
        }
    }

    private List<Value> copies(Value computed) {
        return operands.get(computed).stream().map(copy::of).toList();
    }
}
