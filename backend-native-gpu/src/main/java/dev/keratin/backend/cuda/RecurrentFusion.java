package dev.keratin.backend.cuda;

import dev.keratin.backend.TensorType;
import dev.keratin.backend.ir.Fusion;
import dev.keratin.backend.ir.FusionKind;
import dev.keratin.backend.ir.GruSequence;
import dev.keratin.backend.ir.Literal;
import dev.keratin.backend.ir.LstmSequence;
import dev.keratin.backend.ir.Node;
import dev.keratin.backend.ir.Op;
import dev.keratin.backend.ir.Program;
import dev.keratin.backend.ir.ProgramBuilder;
import dev.keratin.backend.ir.Value;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Puts the nodes of recurrent layers together that a library has a routine for: into one fusion forward and one for the gradient. */
final class RecurrentFusion {
    private final Program program;
    private final ProgramBuilder builder = new ProgramBuilder();
    private final Map<Value, Value> copies = new HashMap<>();
    private final Map<Node, RecurrentMatch> sequences = new HashMap<>();
    private final Map<Node, RecurrentMatch> gradients = new HashMap<>();
    private final Map<RecurrentMatch, Long> kept = new HashMap<>();
    private final Map<RecurrentMatch, Value> keptValues = new HashMap<>();
    private final Set<Node> replaced = new HashSet<>();

    private RecurrentFusion(Program program) {
        this.program = program;
    }

    /** A program that computes the same; the same object if there is nothing for the library. */
    static Program run(Program program, GpuDriver driver) {
        RecurrentFusion fusion = new RecurrentFusion(program);
        fusion.find(driver);
        return fusion.sequences.isEmpty() ? program : fusion.write();
    }

    private void find(GpuDriver driver) {
        List<Node> candidates = program.nodes().stream().filter(node -> isCandidate(node.op())).toList();
        if (candidates.isEmpty()) {
            return;
        }
        Uses uses = new Uses(program);
        for (Node node : candidates) {
            RecurrentMatch.of(node, uses).ifPresent(match -> driver.recurrence(match.layer()).ifPresent(plan -> {
                sequences.put(node, match);
                match.gradient().ifPresent(gradient -> gradients.put(gradient, match));
                kept.put(match, match.gradient().isPresent() ? plan.keptBytes() : 0);
                replaced.addAll(match.replaced());
            }));
        }
    }

    private static boolean isCandidate(Op op) {
        return op instanceof LstmSequence lstm && !lstm.masked() || op instanceof GruSequence gru && !gru.masked();
    }

    private Program write() {
        program.parameters().forEach(value -> copies.put(value, builder.parameter(value.type())));
        for (Node node : program.nodes()) {
            builder.scope(node.scope());
            if (sequences.containsKey(node)) {
                forward(sequences.get(node));
            } else if (gradients.containsKey(node)) {
                gradient(gradients.get(node), node);
            } else if (!replaced.contains(node)) {
                builder.copyNode(node, copies);
            }
        }
        program.updates().forEach(update ->
                builder.update(copies.get(program.parameters().get(update.parameter())), copies.get(update.value())));
        return builder.build(program.results().stream().map(copies::get).toList());
    }

    private void forward(RecurrentMatch match) {
        List<Value> operands = match.operands().stream().map(copies::get).toList();
        List<Value> results = add(RecurrentBody.forward(match.layer(), types(operands), kept.get(match)), operands);
        match.results().forEach((value, index) -> copies.put(value, results.get(index)));
        keptValues.put(match, results.get(results.size() - 1));
    }

    private void gradient(RecurrentMatch match, Node node) {
        Recurrence layer = match.layer();
        boolean lstm = layer.cell() == Recurrence.Cell.LSTM;
        List<Value> operands = new ArrayList<>(match.operands().stream().map(copies::get).toList());
        Value output = node.inputs().get(lstm ? 3 : 2);
        operands.addAll(List.of(copies.get(output), keptValues.get(match), copies.get(node.inputs().get(lstm ? 6 : 4))));
        if (lstm) {
            Optional<Value> last = match.lastGradient().map(copies::get);
            TensorType type = new TensorType(layer.dtype(), layer.sequences(1).with(1, 1));
            operands.add(last.orElseGet(() -> builder.constant(Literal.splat(type, 0.0))));
        }
        List<Value> results = add(RecurrentBody.gradient(layer, types(operands)), operands);
        match.gradients().forEach((value, index) -> copies.put(value, results.get(index)));
    }

    private List<Value> add(Program body, List<Value> operands) {
        return builder.add(new Fusion(FusionKind.ROUTINE, body), operands);
    }

    private static List<TensorType> types(List<Value> values) {
        return values.stream().map(Value::type).toList();
    }
}
