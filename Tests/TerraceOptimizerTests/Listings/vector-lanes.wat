;; Lanes taken out and put in; a load that fills all of them.
(module
  (memory 1)
  (func $f (param i32 v128) (result v128)
    (i32x4.replace_lane 2
      (v128.load32_splat offset=4 (local.get 0))
      (i32x4.extract_lane 3 (local.get 1)))))

;; Graph
;; b0:
;;   v0 = i32.load mem[p0:i32+4]
;;   v1 = i32x4.splat v0
;;   v2 = i32x4.extract_lane p1:v128 lane 3
;;   v3 = i32x4.replace_lane v1, v2 lane 2
;;   return v3
;; Code
;; b0:
;;   0000  c4 c2 79 58 4c 3f 04           vpbroadcastd xmm1, [r15 + rdi + 4]
;;   0007  c4 e3 79 16 c0 03              vpextrd eax, xmm0, 3
;;   000d  c4 e3 71 22 c0 02              vpinsrd xmm0, xmm1, eax, 2
;;   0013  c3                             ret
