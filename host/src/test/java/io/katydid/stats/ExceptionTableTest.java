package io.katydid.stats;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;

/** Exceptions are counted by traceback. */
class ExceptionTableTest {
  @Test
  void one_traceback_is_one_row_with_all_its_nodes_and_the_first_message() {
    ExceptionTable table = new ExceptionTable();
    table.log("worker1", "first", "line 1");
    table.log("worker2", "second", "line 1");
    table.log("worker1", "third", "line 1");
    table.log("worker1", "other", "line 2");
    assertEquals(List.of(
        new ExceptionTable.Row(3, "first", "line 1", List.of("worker1", "worker2")),
        new ExceptionTable.Row(1, "other", "line 2", List.of("worker1"))), table.rows());
    table.clear();
    assertEquals(List.of(), table.rows());
  }

  @Test
  void ever_new_tracebacks_share_a_row_beyond_the_limit() {
    ExceptionTable table = new ExceptionTable();
    for (int i = 0; i < ExceptionTable.MOST_ROWS + 5; i++) {
      table.log(ExceptionTable.LOCAL_NODE, "m", "line " + i);
    }
    assertEquals(ExceptionTable.MOST_ROWS + 1, table.rows().size());
    assertEquals(5, table.rows().getLast().count());
  }

  @Test
  void workers_that_come_and_go_for_weeks_and_endless_tracebacks_are_bounded() {
    ExceptionTable table = new ExceptionTable();
    for (int i = 0; i < 5000; i++) {
      table.log("worker" + i, "m", "the same");
    }
    assertEquals(ExceptionTable.MOST_NODES, table.rows().getFirst().nodes().size());
    assertEquals(5000, table.rows().getFirst().count());
    for (int i = 0; i < 500; i++) {
      table.log("worker1", "m", i + "x".repeat(100_000));
    }
    assertEquals("(other exceptions)", table.rows().getLast().message());
    assertEquals(5500, table.rows().stream().mapToLong(ExceptionTable.Row::count).sum());
    table.clear();
    table.log("worker1", "m", "x".repeat(100_000));
    assertEquals("m", table.rows().getFirst().message());
  }
}
