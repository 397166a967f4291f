package dev.keratin.backend.cuda;

import dev.keratin.backend.DType;
import dev.keratin.backend.Shape;
import dev.keratin.backend.ir.Constant;
import dev.keratin.backend.ir.Conv;
import dev.keratin.backend.ir.Fusion;
import dev.keratin.backend.ir.FusionKind;
import dev.keratin.backend.ir.Node;
import dev.keratin.backend.ir.Program;
import dev.keratin.backend.ir.Value;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Writes elementwise ops and LOOP fusions, one thread for each element. */
final class FusedLowering {
    private FusedLowering() {}

    /** One elementwise op on its own. */
    static void elementwise(Node node, Code code) {
        KernelBuilder kernel = new KernelBuilder(node.op().label(), "elementwise.cuh");
        ElementCode elements = new ElementCode(node.output().type().shape(), kernel, code);
        node.inputs().forEach(value -> elements.operand(value, value));
        loop(node, kernel, elements, List.of(node), Map.of(node.output(), node.output()), code);
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

    private static void loopFusion(Node node, Program body, int from, Code code) {
        KernelBuilder kernel = new KernelBuilder("loop", "elementwise.cuh");
        ElementCode elements = new ElementCode(body.results().get(0).type().shape(), kernel, code);
        operands(node, elements, code);
        if (from > 0) {
            Value product = body.nodes().get(from - 1).output();
            elements.operand(product, product);
        }
        Map<Value, Value> outputs = new TreeMap<>((a, b) -> Integer.compare(a.id(), b.id()));
        for (int i = 0; i < node.outputs().size(); i++) {
            outputs.put(body.results().get(i), node.outputs().get(i));
        }
        List<Node> nodes = body.nodes().stream().skip(from).filter(inner -> !(inner.op() instanceof Constant)).toList();
        loop(node, kernel, elements, nodes, outputs, code);
    }

    /** Makes the operands and constants of a fusion known. */
    static void operands(Node node, ElementCode elements, Code code) {
        Program body = ((Fusion) node.op()).body();
        for (int i = 0; i < node.inputs().size(); i++) {
            elements.operand(body.parameters().get(i), node.inputs().get(i));
        }
        for (Node inner : body.nodes()) {
            if (inner.op() instanceof Constant constant) {
                code.define(inner.output(), constant.value());
                elements.operand(inner.output(), inner.output());
            }
        }
    }

    private static void loop(Node node, KernelBuilder kernel, ElementCode elements, List<Node> nodes,
            Map<Value, Value> outputs, Code code) {
        Shape space = node.output().type().shape();
        kernel.line("FOR_EACH(i, " + kernel.number(space.size()) + ") {");
        for (Node each : nodes) {
            for (Value input : each.inputs()) {
                if (elements.isLoaded(input) && elements.firstUse(input)) {
                    kernel.line("  " + elements.load(input));
                }
            }
        }
        nodes.forEach(each -> kernel.line("  " + elements.compute(each)));
        outputs.forEach((inner, outer) -> {
            DType dtype = outer.type().dtype();
            String pointer = kernel.pointer(code.slot(outer), CTypes.stored(dtype));
            kernel.line("  " + ElementCode.store(dtype, pointer + "[i]", elements.name(inner)));
        });
        kernel.line("}").launch(Geometry.loop(space.size()), node.op() + " " + node.scope(), code);
    }
}
