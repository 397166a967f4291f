package dev.keratin.backend.compiler;

import dev.keratin.backend.Shape;
import dev.keratin.backend.ir.Constant;
import dev.keratin.backend.ir.Fusion;
import dev.keratin.backend.ir.FusionKind;
import dev.keratin.backend.ir.Literal;
import dev.keratin.backend.ir.Node;
import dev.keratin.backend.ir.Program;
import dev.keratin.backend.ir.ProgramBuilder;
import dev.keratin.backend.ir.Reduce;
import dev.keratin.backend.ir.Value;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;

/** Writes clusters down as a program. */
final class FusedProgram {
    private final Clusters clusters;
    private final FusionGraph graph;
    private final ProgramBuilder builder = new ProgramBuilder();
    private final Map<Value, Value> copies = new HashMap<>();

    private FusedProgram(Clusters clusters) {
        this.clusters = clusters;
        this.graph = clusters.graph();
    }

    static Program of(Clusters clusters) {
        return new FusedProgram(clusters).write();
    }

    private Program write() {
        Program program = graph.program();
        program.parameters().forEach(value -> copies.put(value, builder.parameter(value.type())));
        clusters.inOrder().stream().filter(Cluster::isOpen).forEach(clusters::prune);
        for (Cluster cluster : clusters.inOrder()) {
            Optional<FusionKind> kind = kind(cluster);
            if (kind.isPresent()) {
                writeFusion(kind.get(), cluster.members());
            } else {
                cluster.members().forEach(member -> builder.copyNode(graph.node(member), copies));
            }
        }
        program.updates().forEach(update ->
                builder.update(copies.get(program.parameters().get(update.parameter())), copies.get(update.value())));
        return DeadCode.run(builder.build(program.results().stream().map(copies::get).toList()));
    }

    /** What a cluster becomes, by the members it is left with; empty if its nodes stay single. */
    private Optional<FusionKind> kind(Cluster cluster) {
        FusionPolicy policy = clusters.policy();
        if (cluster.members().size() < 2 || cluster.kind() == null) {
            return Optional.empty();
        }
        boolean reduces = cluster.members().stream().anyMatch(member -> graph.node(member).op() instanceof Reduce);
        if (cluster.kind() == FusionKind.EPILOGUE || reduces) {
            return Optional.of(cluster.kind());
        }
        boolean oneShape = cluster.members().stream()
                .allMatch(member -> graph.node(member).output().type().shape().equals(cluster.space()));
        return policy.loop() && oneShape ? Optional.of(FusionKind.LOOP) : Optional.empty();
    }

    private void writeFusion(FusionKind kind, TreeSet<Integer> members) {
        List<Value> inputs = List.copyOf(clusters.inputs(members));
        List<Value> outputs = clusters.outputs(members);
        Program body = body(members, inputs, outputs);
        builder.scope(scope(members));
        List<Value> results = builder.add(new Fusion(kind, body), inputs.stream().map(copies::get).toList());
        builder.scope("");
        for (int i = 0; i < outputs.size(); i++) {
            copies.put(outputs.get(i), results.get(i));
        }
    }

    private Program body(TreeSet<Integer> members, List<Value> inputs, List<Value> outputs) {
        ProgramBuilder inner = new ProgramBuilder();
        Map<Value, Value> inside = new HashMap<>();
        inputs.forEach(input -> inside.put(input, inner.parameter(input.type())));
        for (int member : members) {
            Node node = graph.node(member);
            node.inputs().stream().filter(input -> !inside.containsKey(input))
                    .forEach(input -> inside.put(input, inner.constant(scalar(input))));
            inner.copyNode(node, inside);
        }
        return inner.build(outputs.stream().map(inside::get).toList());
    }

    private Literal scalar(Value splat) {
        Constant constant = (Constant) graph.node(graph.producer(splat)).op();
        return Literals.splat(constant.value(), Shape.scalar());
    }

    private String scope(TreeSet<Integer> members) {
        return members.stream().map(member -> graph.node(member).scope()).filter(scope -> !scope.isEmpty()).findFirst()
                .orElse("");
    }
}
