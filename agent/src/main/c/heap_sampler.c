/*
 * Allocation samples of the JVM it is loaded into, by the JVM's own tool interface (JEP 331), and the stacks of its threads.
 *
 * An application thread takes a sample where the JVM asks it to, and pushes it onto a list; the agent's thread takes the
 * whole list. No lock, no wait; what is too much is dropped and counted. The agent's thread alone calls the functions
 * of the Java class, one at a time; any thread may ask for threads, clocks, stacks, methods and lines.
 *
 * Nothing but the basics of libc is used, and none of its versioned symbols: one library serves glibc and musl.
 */
#include <jvmti.h>
#include <stdatomic.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#define NATIVE(type, name) JNIEXPORT type JNICALL Java_org_jvmpprof_agent_heap_jni_JvmtiSampler_##name

enum {
    MAX_DEPTH = 128,
    MAX_SIGNATURE_BYTES = 512,
    MAX_PENDING_BYTES = 16 << 20,
    SWEEP_REFERENCES = 512,
    JVM_MEAN_BYTES = 512 << 10, /* of a JVM that nobody has told another */
};

/* What the words of a sample are; JvmtiSampler.java says the same. */
enum { THREAD, REFERENCE, SIZE, MEAN, DEPTH, FRAMES };

struct sample {
    struct sample *next;
    size_t words;
    jlong word[];
};

#define BYTES_OF(words) (sizeof(struct sample) + (words) * sizeof(jlong))

static jvmtiEnv *jvmti;
static jfieldID thread_id;
static atomic_bool sampling;
static atomic_int times_started;
static jboolean counts_while_off; /* the JVM counts the way to a thread's next sample also while nothing is sampled */
static _Atomic jint mean_bytes = JVM_MEAN_BYTES; /* between two samples */
static atomic_bool with_classes;
static atomic_int busy_threads; /* in the callback */

static _Atomic(struct sample *) pushed;
static struct sample *gathered; /* of the agent's thread */
static atomic_size_t pending_bytes;
static _Atomic jlong dropped_objects;
static _Atomic jlong dropped_bytes;

/*
 * The mean with which the JVM drew the distance to this thread's next sample: it does so when it makes the thread, and
 * when it takes a sample. 0 for a thread that was made while sampling was off.
 */
static _Thread_local jint drawn_mean_bytes;
static _Thread_local jint drawn_at; /* of times_started */

/* Whether this thread takes samples over: what it allocates meanwhile would never end. */
static _Thread_local jboolean gathering;

/* A sample with its stack and its class, if there is room for it. */
static struct sample *stack_sample(jthread thread, const char *signature) {
    jvmtiFrameInfo frames[MAX_DEPTH];
    jint depth = 0;
    /* By its name: for "the current one" JDK 21 stops the virtual threads' coming and going, under a lock of all. */
    if ((*jvmti)->GetStackTrace(jvmti, thread, 0, MAX_DEPTH, frames, &depth) != JVMTI_ERROR_NONE) {
        depth = 0;
    }
    size_t signature_bytes = signature == NULL ? 0 : strlen(signature);
    signature_bytes = signature_bytes > MAX_SIGNATURE_BYTES ? MAX_SIGNATURE_BYTES : signature_bytes;
    size_t words = FRAMES + 2 * (size_t) depth + (signature_bytes + sizeof(jlong) - 1) / sizeof(jlong);
    struct sample *sample = malloc(BYTES_OF(words));
    if (sample == NULL) {
        return NULL;
    }
    sample->words = words;
    sample->word[words - 1] = 0;
    sample->word[DEPTH] = depth;
    for (jint i = 0; i < depth; i++) {
        sample->word[FRAMES + 2 * i] = (jlong) (intptr_t) frames[i].method;
        sample->word[FRAMES + 2 * i + 1] = frames[i].location;
    }
    if (signature_bytes > 0) {
        memcpy(&sample->word[FRAMES + 2 * depth], signature, signature_bytes);
    }
    return sample;
}

static struct sample *class_sample(jthread thread, jclass type) {
    char *signature = NULL;
    if (atomic_load(&with_classes)
        && (*jvmti)->GetClassSignature(jvmti, type, &signature, NULL) != JVMTI_ERROR_NONE) {
        signature = NULL;
    }
    struct sample *sample = stack_sample(thread, signature);
    (*jvmti)->Deallocate(jvmti, (unsigned char *) signature);
    return sample;
}

static jboolean record(JNIEnv *jni, jthread thread, jobject object, jclass type, jlong size, jint mean) {
    if (atomic_load(&pending_bytes) > MAX_PENDING_BYTES) {
        return JNI_FALSE;
    }
    jweak reference = (*jni)->NewWeakGlobalRef(jni, object);
    if (reference == NULL) {
        (*jni)->ExceptionClear(jni);
        return JNI_FALSE;
    }
    struct sample *sample = class_sample(thread, type);
    if (sample == NULL) {
        (*jni)->DeleteWeakGlobalRef(jni, reference);
        return JNI_FALSE;
    }
    sample->word[THREAD] = thread == NULL || thread_id == NULL ? 0 : (*jni)->GetLongField(jni, thread, thread_id);
    sample->word[REFERENCE] = (jlong) (intptr_t) reference;
    sample->word[SIZE] = size;
    sample->word[MEAN] = mean;
    atomic_fetch_add(&pending_bytes, BYTES_OF(sample->words));
    sample->next = atomic_load(&pushed);
    while (!atomic_compare_exchange_weak(&pushed, &sample->next, sample)) {
    }
    return JNI_TRUE;
}

/* The mean that the distance to this sample, or to the thread's first, was drawn with; the next is drawn with another. */
static jint draw_next(void) {
    jint drawn = drawn_mean_bytes == 0 ? JVM_MEAN_BYTES : drawn_mean_bytes;
    jint now = atomic_load(&times_started);
    if (counts_while_off && drawn_at != now) {
        drawn = 1; /* most likely it was due long ago: any object would have been taken, and stands for itself */
    }
    drawn_mean_bytes = atomic_load(&mean_bytes);
    drawn_at = now;
    return drawn;
}

static void JNICALL sampled(jvmtiEnv *env, JNIEnv *jni, jthread thread, jobject object, jclass type, jlong size) {
    atomic_fetch_add(&busy_threads, 1);
    jint drawn = draw_next();
    if (atomic_load(&sampling) && !gathering && !record(jni, thread, object, type, size, drawn)) {
        atomic_fetch_add(&dropped_objects, 1);
        atomic_fetch_add(&dropped_bytes, size);
    }
    atomic_fetch_sub(&busy_threads, 1);
}

static void JNICALL started(jvmtiEnv *env, JNIEnv *jni, jthread thread) {
    draw_next();
}

/* The JVM takes a sample of every allocation for 0; Go does for 1. */
static jvmtiError set_mean(jint mean) {
    jvmtiError error = (*jvmti)->SetHeapSamplingInterval(jvmti, mean == 1 ? 0 : mean);
    if (error == JVMTI_ERROR_NONE) {
        atomic_store(&mean_bytes, mean);
    }
    return error;
}

static jvmtiError set_events(jvmtiEventMode mode) {
    jvmtiError error = (*jvmti)->SetEventNotificationMode(jvmti, mode, JVMTI_EVENT_THREAD_START, NULL);
    return error != JVMTI_ERROR_NONE
        ? error
        : (*jvmti)->SetEventNotificationMode(jvmti, mode, JVMTI_EVENT_SAMPLED_OBJECT_ALLOC, NULL);
}

JNIEXPORT jint JNICALL JNI_OnLoad(JavaVM *vm, void *reserved) {
    jvmtiEnv *env;
    JNIEnv *jni;
    if ((*vm)->GetEnv(vm, (void **) &env, JVMTI_VERSION_11) != JNI_OK
        || (*vm)->GetEnv(vm, (void **) &jni, JNI_VERSION_10) != JNI_OK) {
        return JNI_ERR;
    }
    jvmtiEventCallbacks callbacks = {.SampledObjectAlloc = sampled, .ThreadStart = started};
    jvmtiCapabilities capabilities = {.can_get_line_numbers = 1};
    if ((*env)->SetEventCallbacks(env, &callbacks, sizeof(callbacks)) != JVMTI_ERROR_NONE
        || (*env)->AddCapabilities(env, &capabilities) != JVMTI_ERROR_NONE) {
        (*env)->DisposeEnvironment(env);
        return JNI_ERR;
    }
    /* Without it, no thread is known to have done nothing meanwhile. */
    jvmtiCapabilities clock = {.can_get_thread_cpu_time = 1};
    (*env)->AddCapabilities(env, &clock);
    jclass thread = (*jni)->FindClass(jni, "java/lang/Thread");
    thread_id = thread == NULL ? NULL : (*jni)->GetFieldID(jni, thread, "tid", "J");
    (*jni)->ExceptionClear(jni);
    jvmti = env;
    return JNI_VERSION_10;
}

NATIVE(jint, start)(JNIEnv *jni, jobject self, jint mean, jboolean classes) {
    atomic_store(&with_classes, classes);
    jvmtiCapabilities capabilities = {.can_generate_sampled_object_alloc_events = 1};
    jvmtiError error = (*jvmti)->AddCapabilities(jvmti, &capabilities);
    error = error != JVMTI_ERROR_NONE ? error : set_mean(mean);
    if (error == JVMTI_ERROR_NONE) {
        counts_while_off = (*jni)->GetVersion(jni) >= 24 << 16;
        atomic_fetch_add(&times_started, 1);
        atomic_store(&sampling, 1);
        error = set_events(JVMTI_ENABLE);
    }
    return error;
}

NATIVE(jint, setMean)(JNIEnv *jni, jobject self, jint mean) {
    return set_mean(mean);
}

NATIVE(jint, stop)(JNIEnv *jni, jobject self) {
    jvmtiCapabilities exclusive = {.can_generate_sampled_object_alloc_events = 1};
    atomic_store(&sampling, 0);
    set_events(JVMTI_DISABLE);
    set_mean(JVM_MEAN_BYTES);
    (*jvmti)->RelinquishCapabilities(jvmti, &exclusive);
    return atomic_load(&busy_threads);
}

NATIVE(void, gather)(JNIEnv *jni, jobject self, jboolean begin) {
    gathering = begin;
    if (begin && gathered == NULL) {
        gathered = atomic_exchange(&pushed, NULL);
    }
}

NATIVE(jint, next)(JNIEnv *jni, jobject self, jlongArray into) {
    struct sample *sample = gathered;
    if (sample == NULL) {
        return 0;
    }
    gathered = sample->next;
    jint words = (jint) sample->words;
    (*jni)->SetLongArrayRegion(jni, into, 0, words, sample->word);
    atomic_fetch_sub(&pending_bytes, BYTES_OF(sample->words));
    free(sample);
    return words;
}

NATIVE(void, takeDropped)(JNIEnv *jni, jobject self, jlongArray into) {
    jlong dropped[] = {atomic_exchange(&dropped_objects, 0), atomic_exchange(&dropped_bytes, 0)};
    (*jni)->SetLongArrayRegion(jni, into, 0, 2, dropped);
}

NATIVE(void, sweep)(JNIEnv *jni, jobject self, jlongArray references, jint count, jboolean all) {
    jlong some[SWEEP_REFERENCES];
    for (jint at = 0; at < count; at += SWEEP_REFERENCES) {
        jint length = count - at < SWEEP_REFERENCES ? count - at : SWEEP_REFERENCES;
        (*jni)->GetLongArrayRegion(jni, references, at, length, some);
        for (jint i = 0; i < length; i++) {
            jweak reference = (jweak) (intptr_t) some[i];
            if (all || (*jni)->IsSameObject(jni, reference, NULL)) {
                (*jni)->DeleteWeakGlobalRef(jni, reference);
                some[i] = 0;
            }
        }
        (*jni)->SetLongArrayRegion(jni, references, at, length, some);
    }
}

static jstring string_at(JNIEnv *jni, jobjectArray strings, jsize at, char *text) {
    jstring string = text == NULL ? NULL : (*jni)->NewStringUTF(jni, text);
    if (string != NULL) {
        (*jni)->SetObjectArrayElement(jni, strings, at, string);
    }
    (*jvmti)->Deallocate(jvmti, (unsigned char *) text);
    return string;
}

NATIVE(jobjectArray, method)(JNIEnv *jni, jobject self, jlong id) {
    jmethodID method = (jmethodID) (intptr_t) id;
    jclass owner;
    char *signature = NULL;
    char *name = NULL;
    jclass string = (*jni)->FindClass(jni, "java/lang/String");
    jobjectArray strings = string == NULL ? NULL : (*jni)->NewObjectArray(jni, 2, string, NULL);
    /* The class goes first: from here on it cannot be unloaded. */
    if (strings == NULL || (*jvmti)->GetMethodDeclaringClass(jvmti, method, &owner) != JVMTI_ERROR_NONE
        || (*jvmti)->GetClassSignature(jvmti, owner, &signature, NULL) != JVMTI_ERROR_NONE
        || string_at(jni, strings, 0, signature) == NULL
        || (*jvmti)->GetMethodName(jvmti, method, &name, NULL, NULL) != JVMTI_ERROR_NONE
        || string_at(jni, strings, 1, name) == NULL) {
        return NULL;
    }
    return strings;
}

NATIVE(jintArray, lines)(JNIEnv *jni, jobject self, jlong id) {
    jint count = 0;
    jvmtiLineNumberEntry *table = NULL;
    if ((*jvmti)->GetLineNumberTable(jvmti, (jmethodID) (intptr_t) id, &count, &table) != JVMTI_ERROR_NONE) {
        return NULL;
    }
    jintArray lines = (*jni)->NewIntArray(jni, 2 * count);
    for (jint i = 0; lines != NULL && i < count; i++) {
        jint pair[] = {(jint) table[i].start_location, table[i].line_number};
        (*jni)->SetIntArrayRegion(jni, lines, 2 * i, 2, pair);
    }
    (*jvmti)->Deallocate(jvmti, (unsigned char *) table);
    return lines;
}

/* A hash of the others, which then are the method and the bytecode index of each frame. */
static jlongArray stack_words(JNIEnv *jni, const jvmtiStackInfo *stack) {
    jlong words[1 + 2 * MAX_DEPTH];
    jint length = 1;
    for (jint i = 0; i < stack->frame_count; i++) {
        words[length++] = (jlong) (intptr_t) stack->frame_buffer[i].method;
        words[length++] = stack->frame_buffer[i].location;
    }
    uint64_t hash = 0;
    for (jint i = 1; i < length; i++) {
        hash = (hash ^ (uint64_t) words[i]) * 0x9E3779B97F4A7C15;
        hash ^= hash >> 32;
    }
    words[0] = (jlong) hash;
    jlongArray array = (*jni)->NewLongArray(jni, length);
    if (array != NULL) {
        (*jni)->SetLongArrayRegion(jni, array, 0, length, words);
    }
    return array;
}

NATIVE(jobjectArray, threads)(JNIEnv *jni, jobject self) {
    jthread *threads = NULL;
    jint count = 0;
    jclass type = (*jni)->FindClass(jni, "java/lang/Thread");
    if (type == NULL || (*jvmti)->GetAllThreads(jvmti, &count, &threads) != JVMTI_ERROR_NONE) {
        return NULL;
    }
    jobjectArray all = (*jni)->NewObjectArray(jni, count, type, NULL);
    for (jint i = 0; i < count; i++) {
        if (all != NULL) {
            (*jni)->SetObjectArrayElement(jni, all, i, threads[i]);
        }
        (*jni)->DeleteLocalRef(jni, threads[i]);
    }
    (*jvmti)->Deallocate(jvmti, (unsigned char *) threads);
    return all;
}

NATIVE(void, clocks)(JNIEnv *jni, jobject self, jobjectArray threads, jlongArray clocks) {
    jsize count = (*jni)->GetArrayLength(jni, threads);
    for (jsize i = 0; i < count; i++) {
        jobject thread = (*jni)->GetObjectArrayElement(jni, threads, i);
        jlong clock[] = {thread_id == NULL ? 0 : (*jni)->GetLongField(jni, thread, thread_id), -1};
        (*jvmti)->GetThreadCpuTime(jvmti, thread, &clock[1]);
        (*jni)->SetLongArrayRegion(jni, clocks, 2 * i, 2, clock);
        (*jni)->DeleteLocalRef(jni, thread);
    }
}

NATIVE(jobjectArray, stacks)(JNIEnv *jni, jobject self, jobjectArray threads) {
    jsize count = (*jni)->GetArrayLength(jni, threads);
    jthread *list = malloc(count * sizeof *list + 1);
    jvmtiStackInfo *stacks = NULL;
    jclass type = (*jni)->FindClass(jni, "[J");
    if (list == NULL || type == NULL || (*jni)->EnsureLocalCapacity(jni, count + 16) != JNI_OK) {
        free(list);
        return NULL;
    }
    for (jsize i = 0; i < count; i++) {
        list[i] = (*jni)->GetObjectArrayElement(jni, threads, i);
    }
    jvmtiError error = (*jvmti)->GetThreadListStackTraces(jvmti, count, list, MAX_DEPTH, &stacks);
    jobjectArray all = error != JVMTI_ERROR_NONE ? NULL : (*jni)->NewObjectArray(jni, count, type, NULL);
    for (jsize i = 0; i < count; i++) {
        if (all != NULL && stacks[i].state != 0 && !(*jni)->ExceptionCheck(jni)) {
            jlongArray words = stack_words(jni, &stacks[i]);
            if (words != NULL) {
                (*jni)->SetObjectArrayElement(jni, all, i, words);
            }
            (*jni)->DeleteLocalRef(jni, words);
        }
        (*jni)->DeleteLocalRef(jni, list[i]);
    }
    free(list);
    (*jvmti)->Deallocate(jvmti, (unsigned char *) stacks);
    return all;
}
