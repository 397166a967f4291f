package dev.keratin.backend.reference;

import dev.keratin.backend.Shape;
import dev.keratin.backend.TensorType;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Runs functions on each matrix of stacks of equal length. A matrix is an array of its rows, a vector is one row. */
final class Matrices {
    /** From one matrix of each operand to one of each result. */
    interface Function {
        List<double[][]> apply(List<double[][]> operands);
    }

    private Matrices() {}

    static List<Tensor> each(List<Tensor> operands, Step step, Function function) {
        List<Tensor> results = new ArrayList<>();
        for (int i = 0; i < step.node().outputs().size(); i++) {
            results.add(Tensor.zeros(step.result(i)));
        }
        Shape shape = operands.get(0).shape();
        int count = (int) shape.subShape(0, shape.rank() - 2).size();
        for (int i = 0; i < count; i++) {
            int place = i;
            List<double[][]> outcome = function.apply(operands.stream().map(operand -> matrix(operand, place)).toList());
            for (int k = 0; k < results.size(); k++) {
                put(results.get(k), place, count, outcome.get(k));
            }
        }
        return results.stream().map(Matrices::rounded).toList();
    }

    private static double[][] matrix(Tensor x, int place) {
        int rows = x.dim(-2);
        int columns = x.dim(-1);
        double[][] matrix = new double[rows][];
        for (int i = 0; i < rows; i++) {
            int first = (place * rows + i) * columns;
            matrix[i] = Arrays.copyOfRange(x.doubles, first, first + columns);
        }
        return matrix;
    }

    private static void put(Tensor target, int place, int count, double[][] matrix) {
        int at = target.size() / count * place;
        for (double[] row : matrix) {
            for (double element : row) {
                if (target.isFloating()) {
                    target.doubles[at++] = element;
                } else {
                    target.longs[at++] = (long) element;
                }
            }
        }
    }

    private static Tensor rounded(Tensor x) {
        TensorType type = x.type;
        return x.isFloating() ? Tensor.ofDoubles(type, x.doubles) : Tensor.ofLongs(type, x.longs);
    }

    /** Whether all elements are finite. */
    static boolean isFinite(double[][] matrix) {
        return Arrays.stream(matrix).flatMapToDouble(Arrays::stream).allMatch(Double::isFinite);
    }

    /** A matrix of NaN. */
    static double[][] nan(int rows, int columns) {
        double[][] matrix = new double[rows][columns];
        for (double[] row : matrix) {
            Arrays.fill(row, Double.NaN);
        }
        return matrix;
    }

    static double[][] unit(int size) {
        double[][] matrix = new double[size][size];
        for (int i = 0; i < size; i++) {
            matrix[i][i] = 1;
        }
        return matrix;
    }

    static double[][] transposed(double[][] matrix, int columns) {
        double[][] result = new double[columns][matrix.length];
        for (int i = 0; i < matrix.length; i++) {
            for (int j = 0; j < columns; j++) {
                result[j][i] = matrix[i][j];
            }
        }
        return result;
    }

    /** The lower triangle, mirrored. */
    static double[][] symmetric(double[][] lower) {
        double[][] result = new double[lower.length][lower.length];
        for (int i = 0; i < lower.length; i++) {
            for (int j = 0; j <= i; j++) {
                result[i][j] = lower[i][j];
                result[j][i] = lower[i][j];
            }
        }
        return result;
    }
}
