using System.Reflection;
using Functions.Http;
using Microsoft.Azure.Functions.Worker;

namespace Functions.Tests;

public sealed class TriggerTests
{
    [Fact]
    public void The_host_is_told_of_these_functions_and_no_other()
    {
        var functions = typeof(ReceiveReport).Assembly.GetTypes().SelectMany(type => type.GetMethods())
            .Where(method => method.IsDefined(typeof(FunctionAttribute)))
            .Select(method => $"{method.GetCustomAttribute<FunctionAttribute>()?.Name}: {TriggerOf(method)}")
            .Order(StringComparer.Ordinal);

        Assert.Equal(
            [
                "Health: GET health, Anonymous",
                "NotifySlack: reports",
                "ParkPoison: reports-poison",
                "ReceiveIdentityReport: ANY identity/reports, Anonymous",
                "ReceiveReport: ANY reports, Function",
            ],
            functions);
    }

    private static string TriggerOf(MethodInfo method)
    {
        var trigger = method.GetParameters()[0].GetCustomAttributes().Single(attribute => attribute.GetType().Name.EndsWith("TriggerAttribute", StringComparison.Ordinal));
        return trigger switch
        {
            HttpTriggerAttribute http => $"{http.Methods?.SingleOrDefault()?.ToUpperInvariant() ?? "ANY"} {http.Route}, {http.AuthLevel}",
            // Without a connection it is the host's own storage, as the relay's clients have it.
            QueueTriggerAttribute { Connection: null } queue => queue.QueueName,
            _ => trigger.ToString()!,
        };
    }
}
