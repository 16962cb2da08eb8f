using System.Reflection;
using Functions.Http;
using Functions.Tests.Http;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.DependencyInjection;

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

    /// <summary>What the host lets everybody through to has to ask for itself who is there.</summary>
    [Fact]
    public async Task Nobody_is_let_in_without_a_key_or_an_identity_but_to_health()
    {
        var services = new RecordingQueue().Services();
        var open = typeof(ReceiveReport).Assembly.GetTypes().SelectMany(type => type.GetMethods())
            .Where(method => method.GetParameters() is [var first, ..] && first.GetCustomAttribute<HttpTriggerAttribute>() is { AuthLevel: AuthorizationLevel.Anonymous })
            .Where(method => method.DeclaringType != typeof(Health))
            .ToList();

        foreach (var method in open)
        {
            var context = Requests.Post(Requests.Report);
            var function = ActivatorUtilities.CreateInstance(services, method.DeclaringType!); // A method of an assembly's type has one.
            await context.WriteAsync(await Assert.IsAssignableFrom<Task<IResult>>(method.Invoke(function, [context.Request])));

            Assert.Equal((method.DeclaringType, 401), (method.DeclaringType, context.Response.StatusCode));
        }

        Assert.NotEmpty(open);
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
