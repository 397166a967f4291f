package dev.keratin.backend.cuda;

import dev.keratin.backend.ir.Constant;
import dev.keratin.backend.ir.Conv;
import dev.keratin.backend.ir.Fusion;
import dev.keratin.backend.ir.FusionKind;
import dev.keratin.backend.ir.Node;
import dev.keratin.backend.ir.Program;
import dev.keratin.backend.ir.Value;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Writes elementwise ops and LOOP fusions, one thread for each element. */
final class FusedLowering {
    private static final Comparator<Value> BY_NUMBER = Comparator.comparingInt(Value::id);

    private FusedLowering() {}

    /** One elementwise op on its own. */
    static void elementwise(Node node, Code code) {
        Loop loop = new Loop(node, node.output().type().shape(), node.inputs(), code);
        node.inputs().forEach(value -> loop.elements().operand(value, value));
        loop.write(List.of(node), Map.of(node.output(), node.output()));
    }

    /** A fusion of any kind. */
    static void fusion(Node node, Code code) {
        Fusion fusion = (Fusion) node.op();
        if (fusion.kind() == FusionKind.ROW) {
            new RowLowering(node, code).write();
        } else if (fusion.kind() == FusionKind.COLUMN) {
            new ColumnLowering(node, code).write();
        } else if (fusion.kind() == FusionKind.EPILOGUE) {
            epilogue(node, fusion.body(), code);
        } else if (fusion.kind() == FusionKind.ROUTINE) {
            Routines.write(node, code);
        } else {
            loopFusion(node, fusion.body(), 0, code);
        }
    }

    /** In one call of a library if it can; else the product or convolution goes to scratch, and the rest is a loop over it. */
    private static void epilogue(Node node, Program body, Code code) {
        for (int i = 0; i < node.inputs().size(); i++) {
            code.place(body.parameters().get(i), code.slot(node.inputs().get(i)));
        }
        int first = 0;
        while (body.nodes().get(first).op() instanceof Constant) {
            first++;
        }
        Node product = body.nodes().get(first);
        List<Node> chain = body.nodes().stream().filter(inner -> !(inner.op() instanceof Constant)).toList();
        Slot result = code.slot(node.output());
        if (product.op() instanceof Conv ? ConvLowering.fused(chain, result, code) : ProductLowering.fused(chain, result, code)) {
            return;
        }
        code.place(product.output(), code.scratch(product.output().type().byteSize()));
        Families.of(product.op()).write(product, code);
        loopFusion(node, body, first + 1, code);
    }

    /** The nodes of a body from one on; what the one before it gives is read from memory. */
    private static void loopFusion(Node node, Program body, int from, Code code) {
        List<Node> nodes = body.nodes().stream().skip(from).filter(inner -> !(inner.op() instanceof Constant)).toList();
        Set<Value> read = nodes.stream().flatMap(inner -> inner.inputs().stream()).collect(Collectors.toSet());
        Map<Value, Value> operands = new TreeMap<>(BY_NUMBER);
        for (int i = 0; i < node.inputs().size(); i++) {
            if (read.contains(body.parameters().get(i))) {
                operands.put(body.parameters().get(i), node.inputs().get(i));
            }
        }
        if (from > 0) {
            Value product = body.nodes().get(from - 1).output();
            operands.put(product, product);
        }
        Loop loop = new Loop(node, body.results().get(0).type().shape(), List.copyOf(operands.values()), code);
        operands.forEach(loop.elements()::operand);
        constants(body, read, loop.elements(), code);
        Map<Value, Value> outputs = new TreeMap<>(BY_NUMBER);
        for (int i = 0; i < node.outputs().size(); i++) {
            outputs.put(body.results().get(i), node.outputs().get(i));
        }
        loop.write(nodes, outputs);
    }

    /** Makes the operands and constants of a fusion known. */
    static void operands(Node node, ElementCode elements, Code code) {
        operands(node, ((Fusion) node.op()).body().nodes(), elements, code);
    }

    /** The same for those that some nodes of its body read. */
    static void operands(Node node, List<Node> readers, ElementCode elements, Code code) {
        Program body = ((Fusion) node.op()).body();
        Set<Value> read = readers.stream().flatMap(inner -> inner.inputs().stream()).collect(Collectors.toSet());
        for (int i = 0; i < node.inputs().size(); i++) {
            if (read.contains(body.parameters().get(i))) {
                elements.operand(body.parameters().get(i), node.inputs().get(i));
            }
        }
        constants(body, read, elements, code);
    }

    private static void constants(Program body, Set<Value> read, ElementCode elements, Code code) {
        for (Node inner : body.nodes()) {
            if (inner.op() instanceof Constant constant && read.contains(inner.output())) {
                code.define(inner.output(), constant.value());
                elements.operand(inner.output(), inner.output());
            }
        }
    }
}
