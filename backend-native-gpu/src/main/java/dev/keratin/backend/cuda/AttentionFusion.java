package dev.keratin.backend.cuda;

import dev.keratin.backend.ir.MatMul;
import dev.keratin.backend.ir.Node;
import dev.keratin.backend.ir.Program;
import dev.keratin.backend.ir.Unary;
import dev.keratin.backend.ir.UnaryKind;
import dev.keratin.backend.ir.Value;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Puts the nodes of attention together that a library has a routine for: into one fusion forward and one for the gradient. */
final class AttentionFusion {
    private final Program program;
    private final Uses uses;
    private final ProgramCopy copy;
    private final AttentionMasks masks;
    private final List<AttentionMatch> matches = new ArrayList<>();
    private final Map<AttentionMatch, Written> written = new HashMap<>();

    /** Values of the copy: the operands of the forward pass, and its results. */
    private record Written(List<Value> operands, List<Value> results) {}

    private AttentionFusion(Program program) {
        this.program = program;
        this.uses = new Uses(program);
        this.copy = new ProgramCopy(program);
        this.masks = new AttentionMasks(uses, copy);
    }

    /** A program that computes the same; the same object if there is nothing for the library. */
    static Program run(Program program, GpuDriver driver) {
        if (program.nodes().stream().noneMatch(node -> node.op().equals(new Unary(UnaryKind.EXP)))) {
            return program;
        }
        AttentionFusion fusion = new AttentionFusion(program);
        fusion.find(driver);
        return fusion.matches.isEmpty() ? program : fusion.write();
    }

    private void find(GpuDriver driver) {
        for (Node node : program.nodes()) {
            if (node.op() instanceof MatMul) {
                AttentionMatch.of(node, uses).filter(this::isInOrder).filter(match -> driver.attention(match.attention()).isPresent())
                        .ifPresent(matches::add);
            }
        }
    }

    /** Whether gradients are computed after the output, as they are but for one of a constant. */
    private boolean isInOrder(AttentionMatch match) {
        return match.gradient().stream().allMatch(gradient ->
                program.nodes().indexOf(match.product()) < program.nodes().indexOf(first(gradient)));
    }

    /** The node that computes the first of the gradients. */
    private Node first(AttentionGradient gradient) {
        return program.nodes().stream().filter(node -> gradient.results().contains(node.outputs().get(0))).findFirst().orElseThrow();
    }

    private Program write() {
        Map<Node, Runnable> instead = new HashMap<>();
        Set<Node> left = new HashSet<>();
        for (AttentionMatch match : matches) {
            left.addAll(match.replaced());
            left.addAll(swaps(match.product().output()));
            instead.put(match.product(), () -> forward(match));
            match.gradient().ifPresent(gradient -> {
                gradient.results().forEach(value -> left.addAll(swaps(value)));
                instead.put(first(gradient), () -> gradient(match, gradient));
            });
        }
        return copy.run(node -> {
            Optional.ofNullable(instead.get(node)).ifPresent(Runnable::run);
            return left.contains(node);
        });
    }

    private void forward(AttentionMatch match) {
        List<Value> operands = new ArrayList<>();
        match.operands().forEach(value -> operands.add(byStep(value)));
        match.mask().ifPresent(mask -> operands.set(0, masks.withoutBlind(operands.get(0), mask)));
        match.mask().map(mask -> masks.bias(mask, match.biasShape(mask))).ifPresent(operands::add);
        match.bias().map(bias -> masks.stretched(copy.of(bias), match.biasShape(bias))).ifPresent(operands::add);
        List<Value> results = copy.routine(AttentionBody.forward(match.attention()), operands);
        written.put(match, new Written(operands, results));
        put(match.product().output(), results.get(0));
    }

    private void gradient(AttentionMatch match, AttentionGradient gradient) {
        Written before = written.get(match);
        List<Value> operands = new ArrayList<>(before.operands);
        operands.addAll(before.results);
        operands.add(byStep(gradient.ofOutput()));
        List<Value> results = new ArrayList<>(copy.routine(AttentionBody.gradient(match.attention()), operands));
        match.mask().ifPresent(mask -> results.set(0, masks.withoutBlind(results.get(0), mask)));
        for (int i = 0; i < results.size(); i++) {
            put(gradient.results().get(i), results.get(i));
        }
    }

    /** The nodes that put the steps of a value [batch, heads, steps, depth] before its heads. */
    private List<Node> swaps(Value value) {
        return uses.readers(value).stream().filter(node -> node.op().equals(AttentionBody.SWAP)).toList();
    }

    /** A value [batch, heads, steps, depth] of the program with the steps before the heads. */
    private Value byStep(Value value) {
        Node node = uses.producer(value);
        return node != null && node.op().equals(AttentionBody.SWAP) ? copy.of(node.inputs().get(0)) : masks.swapped(copy.of(value));
    }

    /** Says what stands for a value [batch, heads, steps, depth]: one with the steps before the heads. */
    private void put(Value value, Value byStep) {
        copy.put(value, masks.swapped(byStep));
        swaps(value).forEach(node -> copy.put(node.output(), byStep));
    }
}
