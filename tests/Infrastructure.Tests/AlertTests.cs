using System.Text.RegularExpressions;
using System.Xml;

namespace Infrastructure.Tests;

public sealed partial class AlertTests(Compiler compiler)
{
    private const string LogRule = "Microsoft.Insights/scheduledQueryRules";
    private const string MetricRule = "Microsoft.Insights/metricAlerts";

    // What the platform takes; the compiler takes any text.
    private static readonly Dictionary<string, string[]> Frequencies = new()
    {
        [LogRule] = ["PT5M", "PT10M", "PT15M", "PT30M", "PT1H", "PT2H", "PT6H", "P1D"],
        [MetricRule] = ["PT1M", "PT5M", "PT15M", "PT30M", "PT1H"],
    };

    private static readonly Dictionary<string, string[]> Windows = new()
    {
        [LogRule] = ["PT5M", "PT10M", "PT15M", "PT30M", "PT1H", "PT2H", "PT3H", "PT6H", "P1D", "P2D"],
        [MetricRule] = ["PT1M", "PT5M", "PT15M", "PT30M", "PT1H", "PT6H", "PT12H", "P1D"],
    };

    [Theory]
    [InlineData("Parked", "parked")]
    [InlineData("Unreadable", "parked")]
    [InlineData("RouteDead", "dead-route")]
    [InlineData("RouteFailing", "dead-route")]
    public async Task Every_event_of_the_relay_has_an_alarm(string name, string alarm)
    {
        var events = Repository.Read("src/Relay/Telemetry/RelayEvents.cs");
        var ids = EventIds().Matches(events).ToDictionary(match => match.Groups[1].Value, match => match.Groups[2].Value);

        var query = Query((await AlarmsAsync()).Single(one => one.Name.StartsWith(alarm, Ordinal)));

        Assert.Contains($"'{ids[name]}'", query, Ordinal);
        Assert.Equal(4, ids.Count);
    }

    [Fact]
    public async Task A_line_with_an_exception_is_looked_for_where_it_arrives()
    {
        var queries = (await LogAlarmsAsync()).Select(Query).Where(query => query.Contains("AppTraces", Ordinal));

        Assert.Equal(3, queries.Count());
        Assert.All(queries, query => Assert.Contains("AppExceptions", query, Ordinal));
        Assert.All(
            WorkbookQueries().Where(query => query.Contains("AppTraces", Ordinal)),
            query => Assert.Contains("AppExceptions", query, Ordinal));
    }

    [Fact]
    public async Task Each_look_goes_back_over_the_one_before()
    {
        Assert.All(
            await LogAlarmsAsync(),
            rule => Assert.InRange(Time(rule, "windowSize"), 2 * Time(rule, "evaluationFrequency"), TimeSpan.MaxValue));
    }

    [Fact]
    public async Task Every_time_and_degree_is_one_that_Azure_takes()
    {
        Assert.All(await AlarmsAsync(), rule =>
        {
            Assert.Contains(Text(rule, "evaluationFrequency"), Frequencies[rule.Type]);
            Assert.Contains(Text(rule, "windowSize"), Windows[rule.Type]);
            Assert.InRange(rule["severity"].GetInt32(), 0, 4);
            Assert.True(rule["enabled"].GetBoolean());
        });
    }

    [Fact]
    public async Task Every_alarm_reaches_a_person()
    {
        var snapshot = await Snapshot.OfAsync(compiler, "defaults");

        var people = Assert.Single(snapshot.Of("Microsoft.Insights/actionGroups"));
        Assert.Equal("operator@example.com", people["emailReceivers"][0].GetProperty("emailAddress").GetString());
        Assert.InRange(Text(people, "groupShortName").Length, 1, 12);
        Assert.All(await AlarmsAsync(), rule => Assert.Contains(people.Id, rule["actions"].GetRawText(), Ordinal));
    }

    [Fact]
    public async Task An_alarm_that_does_not_resolve_is_sent_once_for_what_two_looks_see()
    {
        var rules = (await LogAlarmsAsync()).Where(one => !one["autoMitigate"].GetBoolean());

        Assert.Equal("parked", Assert.Single(rules).Name.Split('-')[0]);
        Assert.All(rules, rule => Assert.Equal(Text(rule, "windowSize"), Text(rule, "muteActionsDuration")));
    }

    [Fact]
    public async Task An_app_that_does_not_start_is_noticed_from_outside()
    {
        var snapshot = await Snapshot.OfAsync(compiler, "defaults");

        var test = Assert.Single(snapshot.Of("Microsoft.Insights/webtests"));
        Assert.Contains("/api/health", test["Request.RequestUrl"].GetString(), Ordinal);
        Assert.Contains("Route = \"health\"", Repository.Read("src/Functions/Http/Health.cs"), Ordinal);
        Assert.Contains(snapshot.Of(MetricRule), rule => rule["criteria"].GetRawText().Contains(test.Id, Ordinal));
    }

    [Fact]
    public async Task Alarms_look_for_functions_and_numbers_that_there_are()
    {
        var queries = string.Join('\n', (await LogAlarmsAsync()).Select(Query));

        Assert.Subset(Instruments().ToHashSet(), MetricNames().Captures(queries).ToHashSet());
        Assert.All(["Http/ReceiveReport", "Http/ReceiveIdentityReport", "Queue/NotifySlack"], function =>
        {
            Assert.Contains($"'{function.Split('/')[1]}'", queries, Ordinal);
            Assert.Contains("[Function(nameof(", Repository.Read($"src/Functions/{function}.cs"), Ordinal);
        });
    }

    [Fact]
    public void The_workbook_draws_every_number_of_the_relay()
    {
        var drawn = WorkbookQueries().SelectMany(MetricNames().Captures);

        Assert.Equal(Instruments().Order(StringComparer.Ordinal), drawn.Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Every_alarm_is_explained()
    {
        var explained = Repository.Read("docs/operations.md");

        var names = (await AlarmsAsync()).Select(rule => rule.Name.Replace($"-{Outline.Token}", "", Ordinal));
        Assert.All(names, name => Assert.Contains($"| `{name}` |", explained, Ordinal));
    }

    private async Task<IEnumerable<Resource>> LogAlarmsAsync() => (await AlarmsAsync()).Where(rule => rule.Type == LogRule);

    private async Task<IReadOnlyList<Resource>> AlarmsAsync()
    {
        var snapshot = await Snapshot.OfAsync(compiler, "defaults");
        return [.. snapshot.Of(LogRule), .. snapshot.Of(MetricRule)];
    }

    private static string Query(Resource rule) => rule["criteria.allOf"][0].GetProperty("query").GetString() ?? "";

    private static TimeSpan Time(Resource rule, string path) => XmlConvert.ToTimeSpan(Text(rule, path));

    private static string Text(Resource resource, string path) => resource[path].GetString() ?? "";

    private static IEnumerable<string> Instruments() =>
        InstrumentNames().Captures(Repository.Read("src/Relay/Telemetry/RelayMeter.cs"));

    private static IEnumerable<string> WorkbookQueries() =>
        WorkbookQuery().Captures(Repository.Read("infra/workbook.json"));

    [GeneratedRegex(@"int (\w+) = (\d+)")]
    private static partial Regex EventIds();

    [GeneratedRegex(@"_meter\.Create\w+(?:<\w+>)?\(""([\w.]+)""")]
    private static partial Regex InstrumentNames();

    [GeneratedRegex(@"\bName == '([\w.]+)'")]
    private static partial Regex MetricNames();

    [GeneratedRegex(@"""query"": ""(.*)""")]
    private static partial Regex WorkbookQuery();
}
