package dev.leasehold.samples.routes;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class RoutesTest {

  private final RouteTable first =
      RouteTable.of("shop", "a", List.of(new Route("x.org", "web"), new Route("y.org", "api")));
  private final RouteTable second =
      RouteTable.of("shop", "b", List.of(new Route("y.org", "late"), new Route("z.org", "db")));

  @Test
  void tablesAreServedAsOneInOrderOfHosts() {
    assertThat(Routes.of(List.of(second, first)).text())
        .isEqualTo("x.org web\ny.org api\nz.org db\n");
  }

  @Test
  void summaryTellsHowManyHostsATableLeadsAndWhichItDoesNot() {
    assertThat(Routes.of(List.of(first, second)).statusOf(second, "r_1"))
        .isEqualTo(new RouteTableStatus(null, 1, List.of("y.org"), "r_1"));
    assertThat(Routes.of(List.of(first, second)).statusOf(first, "r_1"))
        .isEqualTo(new RouteTableStatus(null, 2, List.of(), "r_1"));
  }

  @Test
  void ofTwoRoutesInOneTableTheFirstCounts() {
    RouteTable twice =
        RouteTable.of("shop", "a", List.of(new Route("x.org", "1"), new Route("x.org", "2")));
    assertThat(Routes.of(List.of(twice)).text()).isEqualTo("x.org 1\n");
    assertThat(Routes.of(List.of(twice)).statusOf(twice, "r_1").ignored()).containsExactly("x.org");
  }

  @Test
  void noTablesAreAnEmptyPage() {
    assertThat(Routes.of(List.of()).text()).isEmpty();
  }
}
