using System.Diagnostics;

namespace Simulation;

/// <summary>The relay as it is, under the faults of as many seeds as there is time for.</summary>
public sealed class SimulationTests
{
    private const ulong Count = 400;

    [Fact]
    public void No_seed_breaks_a_promise()
    {
        var found = Seeds.Run(1, Count);

        Assert.True(found.Count == 0, $"{found.Count} of {Count} seeds.\n{string.Join('\n', found.Take(5).Select(verdict => $"{verdict}\n  {Seeds.CommandFor(verdict, null)}"))}");
    }

    [Fact]
    public async Task A_seed_repeats_itself_in_another_process()
    {
        var here = new StringWriter();
        LongRun.Show(7, null, here);

        Assert.Equal(here.ToString(), await ShowElsewhereAsync(7));
    }

    private static async Task<string> ShowElsewhereAsync(ulong seed)
    {
        using var process = Process.Start(new ProcessStartInfo("dotnet", [typeof(World).Assembly.Location, "simulate", $"seed={seed}"]) { RedirectStandardOutput = true })
            ?? throw new InvalidOperationException("dotnet does not start.");
        var shown = await process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        return shown;
    }
}
