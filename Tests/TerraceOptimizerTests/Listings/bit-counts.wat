;; Counts of bits where the processor has instructions for them.
(module
  (func $f (param i32) (result i32)
    (i32.add (i32.popcnt (local.get 0)) (i32.add (i32.clz (local.get 0)) (i32.ctz (local.get 0))))))

;; Graph
;; b0:
;;   v0 = i32.popcnt p0:i32
;;   v1 = i32.clz p0:i32
;;   v2 = i32.ctz p0:i32
;;   v3 = i32.add v1, v2
;;   v4 = i32.add v0, v3
;;   return v4
;; Code
;; b0:
;;   0000  f3 0f b8 c7                    popcnt eax, edi
;;   0004  f3 0f bd cf                    lzcnt ecx, edi
;;   0008  f3 0f bc d7                    tzcnt edx, edi
;;   000c  01 d1                          add ecx, edx
;;   000e  01 c8                          add eax, ecx
;;   0010  c3                             ret
