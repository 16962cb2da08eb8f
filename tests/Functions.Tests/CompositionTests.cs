using Azure.Core;
using Azure.Monitor.OpenTelemetry.Exporter;
using Functions.Http;
using Functions.Tests.Http;
using Hosting;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Relay.Storage;

namespace Functions.Tests;

public sealed class CompositionTests
{
    public static TheoryData<string> Triggers => [.. typeof(ReceiveReport).Assembly.GetTypes()
        .Where(type => type.GetMethods().Any(method => method.IsDefined(typeof(FunctionAttribute), false)))
        .Select(type => type.FullName!)];

    [Theory]
    [MemberData(nameof(Triggers))]
    public async Task Every_trigger_can_be_made(string trigger)
    {
        await using var provider = Services().BuildServiceProvider(new ServiceProviderOptions { ValidateOnBuild = true, ValidateScopes = true });
        await using var scope = provider.CreateAsyncScope();

        var made = ActivatorUtilities.CreateInstance(scope.ServiceProvider, typeof(ReceiveReport).Assembly.GetType(trigger, throwOnError: true)!);

        Assert.NotNull(made);
    }

    [Fact]
    public async Task A_report_touches_neither_the_key_vault_nor_the_state()
    {
        var queue = new RecordingQueue();
        await using var provider = Services()
            .AddSingleton<IMessageQueue>(queue)
            .AddSingleton<TokenCredential>(_ => throw new InvalidOperationException("Nobody needs an identity."))
            .AddSingleton<IBlobStore>(_ => throw new InvalidOperationException("Nobody needs the state."))
            .BuildServiceProvider();
        var context = Requests.Post(Requests.Report);

        await context.WriteAsync(await ActivatorUtilities.CreateInstance<ReceiveReport>(provider).RunAsync(context.Request));

        Assert.Equal(202, context.Response.StatusCode);
        Assert.Single(queue.Messages);
    }

    [Fact]
    public async Task All_triggers_share_one_resumer()
    {
        await using var provider = Services().BuildServiceProvider();

        Assert.Same(provider.GetRequiredService<RouteResumer>(), provider.GetRequiredService<RouteResumer>());
    }

    [Fact]
    public async Task No_line_of_the_log_is_left_out_with_its_trace()
    {
        await using var provider = Services().BuildServiceProvider();

        Assert.False(provider.GetRequiredService<IOptions<AzureMonitorExporterOptions>>().Value.EnableTraceBasedLogsSampler);
    }

    internal static IServiceCollection Services() =>
        new ServiceCollection().AddLogging().AddFunctionsRelay(FunctionsOptionsTests.Read(false, new() { ["APPLICATIONINSIGHTS_CONNECTION_STRING"] = "InstrumentationKey=00000000-0000-0000-0000-000000000000" }));
}
