namespace Infrastructure.Tests;

/// <summary>
/// What is deployed is what was reviewed: the defaults in whole, the others as what is not the default.
/// After a change that is meant, <c>ACCEPT=1 dotnet test tests/Infrastructure.Tests</c> writes these files anew.
/// </summary>
public sealed class SnapshotTests(Compiler compiler)
{
    private const string Defaults = "defaults";

    public static TheoryData<string> Deployments => [.. Names];

    internal static IEnumerable<string> Names => Directory.GetFiles(Repository.PathOf(Compiler.Deployments), "*.bicepparam")
        .Select(file => Path.GetFileNameWithoutExtension(file))
        .Order();

    [Theory]
    [MemberData(nameof(Deployments))]
    public async Task What_is_deployed_is_what_was_reviewed(string deployment)
    {
        var file = Repository.PathOf($"{Compiler.Deployments}/{deployment}.txt");
        var snapshot = await Snapshot.OfAsync(compiler, deployment);

        var outline = deployment == Defaults
            ? Outline.Of(snapshot)
            : Outline.Difference(snapshot, await Snapshot.OfAsync(compiler, Defaults));

        if (Environment.GetEnvironmentVariable("ACCEPT") is not null)
        {
            await File.WriteAllTextAsync(file, outline, TestContext.Current.CancellationToken);
        }

        Assert.Equal(await File.ReadAllTextAsync(file, TestContext.Current.CancellationToken), outline);
        Assert.Equal(0, snapshot.Diagnostics.GetArrayLength());
    }
}
