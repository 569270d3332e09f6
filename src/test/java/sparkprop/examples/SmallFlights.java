package sparkprop.examples;

import org.apache.spark.sql.SparkSession;

/** Writes a file like that of the flights, of two thousand of them, where its argument says. */
final class SmallFlights {
  private SmallFlights() {}

  public static void main(String[] args) {
    SparkSession spark =
        SparkSession.builder().master("local[2]").config("spark.ui.enabled", false).getOrCreate();
    spark
        .range(2_000)
        .selectExpr(
            "timestamp_ntz'2001-01-01 00:00:00' + make_interval(0, 0, 0, 0, 0, cast(id * 37 as int)) as date",
            "(id * 7919) % 40 - 20 + (id % 3) * 15 as delay",
            "100 + (id * 31) % 2000 as distance",
            "element_at(array('ATL', 'LAS', 'ORD'), cast(id % 3 as int) + 1) as origin",
            "element_at(array('PHL', 'SAV', 'JFK', 'RIC'), cast(id % 4 as int) + 1) as destination")
        .coalesce(1)
        .write()
        .parquet(args[0]);
    spark.stop();
  }
}
