using System.Text.Json;
using Benchmarks.Load;
using Benchmarks.Redaction;

if (args is ["redaction"])
{
    Console.WriteLine(JsonSerializer.Serialize(RedactionSpeed.Figures(), JsonSerializerOptions.Web));
    return 0;
}

// Sends reports to a relay for a while, and prints what came of it as JSON. The key is in RELAY_KEY.
if (args is not ["load", var url, var senders, var seconds, var bytes])
{
    Console.Error.WriteLine("usage: Benchmarks load <url> <senders> <seconds> <bytes of text in each report> | Benchmarks redaction");
    return 2;
}

var plan = new LoadPlan(
    new Uri(url),
    Environment.GetEnvironmentVariable("RELAY_KEY") ?? "local",
    int.Parse(senders, null),
    TimeSpan.FromSeconds(double.Parse(seconds, null)),
    int.Parse(bytes, null));
var figures = await new LoadRun(plan).RunAsync();
Console.WriteLine(JsonSerializer.Serialize(figures, JsonSerializerOptions.Web));
return 0;
