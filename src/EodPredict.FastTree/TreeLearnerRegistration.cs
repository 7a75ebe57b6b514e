using EodPredict.Forecasting.Trees;
using Microsoft.Extensions.DependencyInjection;

namespace EodPredict.FastTree;

/// <summary>Registers the tree learner.</summary>
public static class TreeLearnerRegistration
{
    /// <summary>Trees are fitted by ML.NET's FastTree, in the process.</summary>
    public static IServiceCollection AddTreeLearner(this IServiceCollection services) =>
        services.AddSingleton<ITreeLearner, FastTreeLearner>();
}
