package dev.keratin.backend.compiler;

import dev.keratin.backend.DType;
import dev.keratin.backend.ir.Bitcast;
import dev.keratin.backend.ir.Cast;
import dev.keratin.backend.ir.CustomGradient;
import dev.keratin.backend.ir.Literal;
import dev.keratin.backend.ir.Op;
import dev.keratin.backend.ir.Select;
import dev.keratin.backend.ir.StopGradient;
import dev.keratin.backend.ir.Unary;
import dev.keratin.backend.ir.UnaryKind;
import dev.keratin.backend.ir.Value;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Choices that are known, conversions that lose nothing on the way, and operands that pass unchanged. */
final class SelectRules implements Rewriter.Rule {
    @Override
    public @Nullable List<Value> apply(Rewriter graph, Op op, List<Value> inputs) {
        if (op instanceof CustomGradient custom) {
            return inputs.subList(0, custom.values());
        }
        Value result = null;
        if (op instanceof StopGradient) {
            result = inputs.get(0);
        } else if (op instanceof Select select) {
            result = select(graph, select, inputs);
        } else if (op instanceof Cast cast) {
            result = cast(graph, cast.to(), inputs.get(0));
        } else if (op instanceof Bitcast bitcast) {
            result = bitcast(graph, bitcast.to(), inputs.get(0));
        }
        return result == null ? null : List.of(result);
    }

    private static @Nullable Value select(Rewriter graph, Select op, List<Value> inputs) {
        Value condition = inputs.get(0);
        Value a = inputs.get(1);
        Value b = inputs.get(2);
        Literal known = graph.splat(condition);
        Unary inner = graph.op(condition, Unary.class);
        if (a == b || known != null) {
            Value chosen = known != null && known.longAt(0) == 0 ? b : a;
            return graph.stretch(chosen, op.infer(inputs.stream().map(Value::type).toList()).get(0).shape());
        }
        if (inner != null && inner.kind() == UnaryKind.NOT) {
            return graph.emit(op, graph.input(condition, 0), b, a);
        }
        return null;
    }

    private static @Nullable Value cast(Rewriter graph, DType to, Value x) {
        if (x.type().dtype() == to) {
            return x;
        }
        if (graph.op(x, Cast.class) != null) {
            Value source = graph.input(x, 0);
            return isLossless(source.type().dtype(), x.type().dtype()) ? graph.emit(new Cast(to), source) : null;
        }
        return null;
    }

    private static @Nullable Value bitcast(Rewriter graph, DType to, Value x) {
        if (x.type().dtype() == to) {
            return x;
        }
        return graph.op(x, Bitcast.class) != null ? graph.emit(new Bitcast(to), graph.input(x, 0)) : null;
    }

    /** Whether every number of one type is a number of the other. */
    static boolean isLossless(DType from, DType to) {
        return switch (from) {
            case BOOL -> true;
            case INT8, UINT8 -> to.isFloating() || to == DType.INT32 || to == DType.INT64;
            case INT32 -> to == DType.INT64 || to == DType.FLOAT64;
            case INT64 -> false;
            case FLOAT16, BFLOAT16 -> to == DType.FLOAT32 || to == DType.FLOAT64;
            case FLOAT32 -> to == DType.FLOAT64;
            case FLOAT64 -> false;
        };
    }
}
